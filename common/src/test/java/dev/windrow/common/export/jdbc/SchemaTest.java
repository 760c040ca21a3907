package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.export.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds the two sets of migrations in step. */
final class SchemaTest {
    @TempDir
    private Path folder;

    private StatusDatabase sqlite;
    private StatusDatabase postgresql;

    @BeforeEach
    void open() {
        sqlite = TestDatabase.sqlite(folder).open();
        postgresql = TestDatabase.postgresql().open();
    }

    @AfterEach
    void close() {
        sqlite.close();
        postgresql.close();
    }

    @Test
    void hasTheSameColumnsInTheSameOrderOnBoth() {
        List<String> expected = lines(postgresql, """
                select table_name || ' ' || column_name || ' '
                    || case data_type when 'bigint' then 'integer' when 'double precision' then 'real' else data_type end
                    || case is_nullable when 'NO' then ' not null' else '' end
                from information_schema.columns
                where table_schema = 'public' and table_name <> 'flyway_schema_history'
                order by table_name, ordinal_position
                """);
        List<String> actual = lines(sqlite, """
                select t.name || ' ' || c.name || ' ' || lower(c.type) || case when c."notnull" then ' not null' else '' end
                from sqlite_master t join pragma_table_info(t.name) c
                where t.type = 'table' and t.name not like 'sqlite_%' and t.name <> 'flyway_schema_history'
                order by t.name, c.cid
                """);
        assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(30).contains("exports id text not null");
    }

    @Test
    void hasTheSameIndexesOnBoth() {
        List<String> expected = lines(postgresql, """
                select indexname from pg_indexes
                where schemaname = 'public' and indexname not like '%_pkey' and tablename <> 'flyway_schema_history'
                order by indexname
                """);
        assertThat(lines(
                        sqlite,
                        "select name from sqlite_master where type = 'index' and sql is not null "
                                + "and tbl_name <> 'flyway_schema_history' order by name"))
                .isEqualTo(expected)
                .isNotEmpty();
    }

    @Test
    void knowsEveryStateAndNoOther() {
        for (StatusDatabase database : List.of(sqlite, postgresql)) {
            JdbcClient client = JdbcClient.create(database.writer());
            client.sql("delete from exports").update();
            for (State state : State.values()) {
                assertThat(insert(client, state.id())).isOne();
            }
            assertThatThrownBy(() -> insert(client, "paused")).isInstanceOf(DataAccessException.class);
            client.sql("delete from exports").update();
        }
    }

    private static int insert(JdbcClient client, String state) {
        return client.sql("""
                        insert into exports (id, owner, dataset, format, parameters, column_names, options, file_name, state,
                            claim, attempt, losses, failures, lease_owner, lease_until, claimed_at, created_at, finished_at,
                            phase, rows_written, percent, bytes_written, rows_per_second, artifact, error_code)
                        values (:state, 'ann', 'd', 'csv', '{}', '[]', '{}', 'f.zip', :state, 1, 1, 0, 0, 'w', 1, 1, 1, 1,
                            'done', 0, :percent, 0, 0, '{}', 'internal')
                        """)
                .param("state", state)
                .param("percent", state.equals("completed") ? 100.0 : 0.0)
                .update();
    }

    private static List<String> lines(StatusDatabase database, String sql) {
        return JdbcClient.create(database.reader()).sql(sql).query(String.class).list();
    }
}
