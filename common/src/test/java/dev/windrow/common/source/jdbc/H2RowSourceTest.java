package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Source;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2RowSourceTest extends RowSourceContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase database() {
        return new H2Database(folder);
    }

    @Test
    void makesNoDatabaseOfAMistakenName() {
        Source mistaken = new Source("plant", "jdbc:h2:file:" + folder.resolve("plnat"), "sa", "");
        assertThatThrownBy(() -> connections.lend(mistaken)).isInstanceOf(SourceException.class);
        assertThat(folder.resolve("plnat.mv.db")).doesNotExist();
    }

    /** H2 has no connection that only reads, so its user must be one that may not write. */
    @Override
    @Test
    void neverWrites() throws Exception {
        try (LentConnection connection = connections.lend(source());
                Statement statement = connection.connection().createStatement()) {
            assertThatThrownBy(() -> statement.execute("insert into items values (100, 0, 'x', null)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Not enough rights");
        }
    }
}
