package dev.windrow.app.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.app.FreshDatabase;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.testkit.Migrations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is asked for at each look at the health, on both databases. */
final class NeededColumnsTest {
    @TempDir
    private Path folder;

    private StatusDatabase sqlite;
    private StatusDatabase postgresql;

    @BeforeEach
    void open() {
        postgresql = StatusDatabase.open(FreshDatabase.fresh().url(), null, null);
        sqlite = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        for (StatusDatabase database : List.of(sqlite, postgresql)) {
            Migrations.run(database.migrationSource(), database.migrationFolder());
        }
    }

    @AfterEach
    void close() {
        sqlite.close();
        postgresql.close();
    }

    @Test
    void areAllThatTheMigrationsMake() {
        Map<String, List<String>> made = client(sqlite).sql("""
                        select t.name as in_table, c.name as name from sqlite_master t join pragma_table_info(t.name) c
                        where t.type = 'table' and t.name not like 'sqlite_%' and t.name <> 'flyway_schema_history'
                        order by t.name, c.cid
                        """).query().listOfRows().stream()
                .collect(Collectors.groupingBy(
                        row -> String.valueOf(row.get("in_table")),
                        TreeMap::new,
                        Collectors.mapping(row -> String.valueOf(row.get("name")), Collectors.toList())));
        assertThat(NeededColumns.ALL.keySet()).isEqualTo(made.keySet());
        made.forEach((table, columns) ->
                assertThat(NeededColumns.ALL.get(table)).as(table).containsExactlyInAnyOrderElementsOf(columns));
    }

    @Test
    void areMissedOneByOne() {
        for (StatusDatabase database : List.of(sqlite, postgresql)) {
            Schema.touch(database);
            Schema.check(database);
            for (String[] lost : new String[][] {{"exports", "store"}, {"exports", "options"}, {"secrets", "value"}}) {
                rename(database, lost[0], lost[1], "renamed");
                assertThatThrownBy(() -> Schema.touch(database))
                        .as(lost[1])
                        .isInstanceOf(RuntimeException.class)
                        .hasStackTraceContaining(lost[1]);
                rename(database, lost[0], "renamed", lost[1]);
                Schema.touch(database);
            }
        }
    }

    @Test
    void mayBeMoreWhereALaterVersionLetsThisOneGoOn() {
        for (StatusDatabase database : List.of(sqlite, postgresql)) {
            client(database).sql("alter table exports add column later text").update();
            client(database).sql("create table later (id integer)").update();
            client(database)
                    .sql("insert into flyway_schema_history (installed_rank, version, description, type, script,"
                            + " installed_by, execution_time, success) values (99, '099', 'later', 'SQL', 'V099', 'me', 1, "
                            + (database == sqlite ? "1" : "true") + ")")
                    .update();
            Schema.touch(database);
            Schema.check(database);

            client(database).sql("update schema_floor set version = 98").update();
            assertThatThrownBy(() -> Schema.touch(database)).hasMessageContaining("schema version 98 or later");
            assertThatThrownBy(() -> Schema.check(database))
                    .isInstanceOf(RefusedStartException.class)
                    .hasMessage(
                            "The status database has schema version 99, which a Windrow of schema version 98 or later"
                                    + " may use, and this one is of " + Schema.VERSION + ": run a newer Windrow on it");
        }
    }

    private static void rename(StatusDatabase database, String table, String from, String to) {
        client(database)
                .sql("alter table " + table + " rename column " + from + " to " + to)
                .update();
    }

    private static JdbcClient client(StatusDatabase database) {
        return JdbcClient.create(database.migrationSource());
    }
}
