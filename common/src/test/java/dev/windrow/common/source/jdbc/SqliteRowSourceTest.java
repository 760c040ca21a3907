package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.Source;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class SqliteRowSourceTest extends RowSourceContract {
    @TempDir
    Path folder;

    private SqliteSource file() {
        return new SqliteSource(folder.resolve("plant.db"));
    }

    @Override
    Source source() {
        return file().source();
    }

    @Override
    Connection owner() throws SQLException {
        return file().connect();
    }

    @Override
    String endless() {
        return "with recursive c(n) as (select 1 union all select n + 1 from c) select n from c where n < 0";
    }
}
