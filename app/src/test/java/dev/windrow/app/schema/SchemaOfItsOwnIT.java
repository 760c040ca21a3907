package dev.windrow.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.FreshDatabase;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.url.ServerAddress;
import dev.windrow.worker.queue.RingStore;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A database that has tables of somebody else's Flyway and JobRunr in its usual schema, and Windrow's in another. */
final class SchemaOfItsOwnIT {
    private final FreshDatabase database = FreshDatabase.fresh();

    private List<String> tables(String schema) throws Exception {
        List<String> tables = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select table_name from information_schema.tables where table_schema = '" + schema + "'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    @Test
    void leavesTheOthersTablesAlone() throws Exception {
        ServerAddress usual = new ServerAddress(database.url(), null, null);
        try (StatusDatabase theirs = StatusDatabase.openServer(usual, 4);
                QueueDatabase queue = QueueDatabase.server(usual, theirs.connections())) {
            // Their JobRunr, as any application makes its tables.
            RingStore.migrate(queue);
        }
        database.execute("create table flyway_schema_history (version text, success boolean)");
        database.execute("insert into flyway_schema_history values ('99', true)");
        database.execute("create schema windrow");
        List<String> before = tables("public");

        ServerAddress own = new ServerAddress(database.url() + "&currentSchema=windrow", null, null);
        try (StatusDatabase status = StatusDatabase.openServer(own, 4);
                QueueDatabase queue = QueueDatabase.server(own, status.connections())) {
            assertThat(Schema.migrate(status, queue)).isEqualTo(Schema.VERSION);
            Schema.check(status);
            Schema.touch(status);
            try (RingStore rings = RingStore.open(queue)) {
                assertThat(rings.waiting()).isZero();
            }
        }

        assertThat(tables("public")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(tables("windrow"))
                .contains("exports", "flyway_schema_history", "jobrunr_jobs", "jobrunr_migrations");
    }
}
