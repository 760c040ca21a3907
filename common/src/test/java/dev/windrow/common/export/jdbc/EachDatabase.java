package dev.windrow.common.export.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds on both databases: each test of the class runs on either. */
@ParameterizedClass(name = "{0}")
@EnumSource(EachDatabase.Kind.class)
abstract class EachDatabase extends ExportsFixture {
    enum Kind {
        SQLITE,
        POSTGRESQL
    }

    @TempDir
    private static Path folder;

    private static TestDatabase sqlite;

    @Parameter
    Kind kind;

    @BeforeAll
    static void makeSqlite() {
        sqlite = TestDatabase.sqlite(folder);
    }

    @Override
    final TestDatabase testDatabase() {
        return kind == Kind.SQLITE ? sqlite : TestDatabase.postgresql();
    }
}
