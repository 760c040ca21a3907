package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A connection is open while nobody writes: a leg of one row opens the file quickly where another has it open. */
@Tag("slow")
class DuckdbKeysetTest extends KeysetContract {
    @TempDir
    Path folder;

    private @Nullable LentConnection held;

    @BeforeEach
    void hold() throws Exception {
        held = connections.lend(source());
    }

    @AfterEach
    void release() {
        if (held != null) {
            held.close();
        }
    }

    @Override
    TestDatabase database() {
        return new DuckdbDatabase(folder.resolve("plant.duckdb"));
    }

    @Override
    void run(String... statements) throws SQLException {
        release();
        super.run(statements);
    }

    @Override
    List<List<@Nullable Object>> inOrder(String query, String key, String columns) throws SQLException {
        release();
        List<List<@Nullable Object>> all = super.inOrder(query, key, columns);
        try {
            hold();
        } catch (Exception e) {
            throw new SQLException(e);
        }
        return all;
    }
}
