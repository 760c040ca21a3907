package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresqlKeysetIT extends KeysetContract {
    @AfterEach
    void dropAll() throws SQLException {
        run("drop schema public cascade", "create schema public");
    }

    @Override
    TestDatabase database() {
        return PostgresqlServer.STARTED;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    timestamptz | timestamptz '2024-03-31 00:59:59.999999+01' + i * interval '1 microsecond'
                    timestamp   | timestamp '2024-03-31 01:59:59.999999' + i * interval '1 microsecond'
                    date        | date '0001-01-01' - 3 + i
                    numeric     | i * 12345678901234567890.123456789
                    numeric     | case i when 9 then 'NaN' when 8 then 'Infinity' else i::text end
                    float8      | i * 0.1 + 1e-17
                    float8      | case i when 9 then 'NaN' when 8 then 'Infinity' when 1 then '-Infinity' else (i * float8 '5e-324')::text end
                    float4      | i * 0.1
                    uuid        | md5(i::text)::uuid
                    bytea       | decode(md5(i::text), 'hex')
                    text        | chr(64 + i) || case when i % 2 = 0 then 'é''"\\' else '' end
                    bpchar(5)   | chr(64 + i)
                    "Odd Mood"  | (enum_range(null::"Odd Mood"))[i]
                    bool        | i > 1
                    inet        | '10.0.0.0'::inet + i
                    int4[]      | array[i, -i]
                    """)
    void goesOnAfterKeysOfEveryType(String type, String expression) throws Exception {
        run("create type \"Odd Mood\" as enum ('i', 'H', 'g', 'F', 'e', 'd', 'c', 'b', 'a')");
        int last = type.equals("bool") ? 2 : 9;
        run("create table keys as select cast(" + expression + " as " + type + ") as k, i from generate_series(1, "
                + last + ") i");
        for (String key : List.of("k", "k desc")) {
            for (int batchRows : new int[] {1, 2, 5}) {
                try (RowReader reader = rows.open(Selections.of(source(), "select * from keys", key, "i"))) {
                    assertThat(Selections.readAll(reader, batchRows))
                            .as(key)
                            .hasSize(last)
                            .isEqualTo(inOrder("select * from keys", key, "i"));
                }
            }
        }
    }

    @Test
    void takesKeysForEqualThatTheirCollationDoes() throws Exception {
        run(
                "create collation blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                "create table tags(name text collate blind)",
                "insert into tags values ('b'), ('A'), ('a')");
        for (int batchRows : new int[] {1, 2, 3}) {
            try (RowReader reader = rows.open(Selections.of(source(), "select * from tags", "name", "name"))) {
                assertThat(refused(() -> Selections.readAll(reader, batchRows)).detail())
                        .contains("same key (name)");
            }
        }
    }

    @Test
    void findsAPositionDeepInATableByItsIndex() throws Exception {
        run(
                "create table deep as select i / 10 as created, i as id from generate_series(1, 20000) i",
                "create unique index deep_key on deep(created, id)",
                "create index deep_mixed on deep(created desc, id)",
                "analyze deep");
        for (String key : List.of("created, id", "created desc, id desc", "created desc, id")) {
            try (LentConnection connection = connections.lend(source());
                    Statement statement = connection.connection().createStatement()) {
                RowSelection selection = Selections.of(source(), "select * from deep", key, "id");
                KeysetSql.Statement next =
                        new OpenFile(connection, selection, new Cancellation(Dialect.POSTGRESQL)).next(new Object[0]);
                String sql = next.sql();
                for (int i = 0; i < next.before().size(); i++) {
                    sql = sql.replaceFirst("\\?", key.startsWith("created desc") ? "'1'" : "'1999'");
                }
                sql = sql.replace("?", "'1000'");
                try (ResultSet plan = statement.executeQuery("explain " + sql)) {
                    StringBuilder steps = new StringBuilder();
                    while (plan.next()) {
                        steps.append(plan.getString(1)).append('\n');
                    }
                    assertThat(steps.toString()).contains("Index Cond").doesNotContain("Sort");
                }
            }
        }
    }
}
