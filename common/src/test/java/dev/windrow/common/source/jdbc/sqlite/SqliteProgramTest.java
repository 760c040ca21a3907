package dev.windrow.common.source.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each case is the query, the leg's condition with {@code :p} for the position's values, and its order. */
class SqliteProgramTest {
    private Connection connection;

    @BeforeEach
    void makeTables() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:");
        run("""
            create table readings(sensor text not null, ts integer not null, v real, primary key(sensor, ts)) without rowid;
            create table items(id integer primary key, grp int, name text, at text);
            create index items_grp on items(grp desc, name);
            create index items_lower on items(lower(name));
            create table plain(a int, b int, c text, d text);
            create index plain_a on plain(a, b);
            create index plain_c on plain(c) where d is not null;
            create view some as select id, grp, name from items where grp > 3
            """);
    }

    private void run(String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script.split(";")) {
                statement.execute(sql);
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void analyze() throws SQLException {
        run("""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
              insert into readings select 's' || (i % 3), i, 1.0 from n;
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
              insert into items select i, i % 100, 'n' || i, 'x' from n;
            analyze
            """);
    }

    private SqliteProgram program(String query, String condition, String order) throws SQLException {
        int own = query.length() - query.replace("?", "").length();
        String sql = "select * from (\n" + query + "\n) q where " + condition.replace(":p", "?") + " order by " + order;
        return SqliteExplain.program(connection, sql, own + 1);
    }

    private String told(String query, String condition, String order) throws SQLException {
        SqliteProgram program = program(query, condition, order);
        return program.entry() + " " + program.sort() + (program.computed() ? " computed" : "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        select * from readings                                | (q.sensor, q.ts) >= (:p, :p) | q.sensor, q.ts
        select * from readings where sensor = ?               | q.ts >= :p                   | q.ts
        select * from readings where sensor = ? and ts < ?    | q.ts >= :p                   | q.ts
        select * from readings where sensor = ? and (? is null or ts >= ?) | q.ts >= :p      | q.ts
        select * from readings where sensor = ? and +ts >= ?  | q.ts >= :p                   | q.ts
        select * from readings where sensor = ?               | (q.ts, q.sensor) >= (:p, :p) | q.ts, q.sensor
        select * from readings where sensor = ? and ts >= ? and (? is null or ts < ?) | q.ts between :p and :p | q.ts
        select * from readings where sensor = ? and ts between ? and ?   | q.ts between :p and :p  | q.ts desc
        select * from readings where sensor = ? and ts >= ?   | q.ts between :p and x''      | q.ts
        select * from readings where sensor = ? and ts <= ?   | q.ts between :p and :p       | q.ts desc
        select * from readings where sensor >= ? | (q.sensor, q.ts) between (:p, :p) and (x'', x'')  | q.sensor, q.ts
        select id n from items where id > ? union all select a from plain | q.n between :p and x'' | q.n
        select * from items where id > ?                      | q.id between :p and x''      | q.id
        select * from items                                   | q.id >= :p                   | q.id
        select * from items                                   | q.id <= :p                   | q.id desc
        select * from items where id > ?                      | likelihood(q.id >= :p, 0.01) | q.id
        select * from items where grp >= ? and at < ?         | q.id >= :p                   | q.id
        select * from items where +grp = ?                    | q.id >= :p                   | q.id
        select * from items where grp = ?                     | q.name >= :p                 | q.name
        select * from items                                   | q.grp <= :p                  | q.grp desc
        select * from items                                   | q.grp >= :p                  | q.grp
        select * from items | q.grp >= :p and (q.grp > :p or (q.grp = :p and q.name <= :p))  | q.grp, q.name desc
        select * from items union all select * from items     | q.id >= :p                   | q.id
        select id n from items union all select a from plain  | q.n >= :p                    | q.n
        select id n from items union select a from plain      | q.n >= :p                    | q.n
        select lower(name) n from items                       | q.n >= :p                    | q.n
        select * from some                                    | q.id >= :p                   | q.id
        select * from items order by name                     | q.id >= :p                   | q.id
        select rowid r, * from plain                          | q.r >= :p                    | q.r
        select c from plain where d is not null               | q.c >= :p                    | q.c
        select i.*, p.a from items i join plain p on p.a = i.grp | (q.id, q.a) >= (:p, :p)   | q.id, q.a
        select i.*, p.a from items i left join plain p on p.a = i.grp | q.id >= :p           | q.id
        select *, (select count(*) from plain where a = grp) n from items | q.id >= :p       | q.id
        select * from items where exists (select 1 from plain where a = grp) | q.id >= :p    | q.id
        select i.id, j.value v from items i, json_each(i.name) j | q.id >= :p                | q.id
        """)
    void seesThatAnIndexIsEnteredAtThePosition(String query, String condition, String order) throws SQLException {
        assertThat(told(query, condition, order)).isEqualTo("AT_POSITION NONE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        select * from readings where sensor = ? and ts >= ?   | q.ts >= :p                   | q.ts
        select * from readings where sensor = ? and ts > ? and (? is null or ts < ?) | q.ts >= :p | q.ts
        select * from readings where sensor = ? and ts between ? and ? | q.ts >= :p          | q.ts
        select * from readings where sensor = ? and ts <= ?   | q.ts <= :p                   | q.ts desc
        select * from items where id > ?                      | q.id >= :p                   | q.id
        select * from items where id > ? union all select * from items | q.id >= :p          | q.id
        """)
    void seesThatTheQuerysOwnBoundIsTaken(String query, String condition, String order) throws SQLException {
        assertThat(told(query, condition, order)).isEqualTo("AT_OWN_BOUND NONE");
        analyze();
        assertThat(told(query, condition, order)).isEqualTo("AT_OWN_BOUND NONE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        select * from readings where sensor = ?               | (q.sensor, q.ts) >= (:p, :p) | q.sensor, q.ts
        select a from plain where a = 5                       | q.a >= :p                    | q.a
        select * from items order by id limit 100             | q.id >= :p                   | q.id
        select * from items                                   | q.id + 1 >= :p               | q.id
        select id a, grp b from items union all select a, b from plain | (q.a, q.b) >= (:p, :p) | q.a, q.b
        """)
    void seesThatRowsBeforeThePositionAreVisited(String query, String condition, String order) throws SQLException {
        assertThat(told(query, condition, order)).isEqualTo("ELSEWHERE NONE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        select * from items where grp = ?                     | q.id >= :p         | q.id | ELSEWHERE ALL
        select c from plain                                   | q.c >= :p          | q.c  | ELSEWHERE ALL
        select upper(name) n from items                       | q.n >= :p          | q.n  | ELSEWHERE ALL
        select distinct c from plain                          | q.c >= :p          | q.c  | ELSEWHERE ALL
        select id n from items union all select c from plain  | q.n >= :p          | q.n  | ELSEWHERE ALL
        select * from readings where sensor in (?, ?)         | q.ts >= :p         | q.ts | AT_POSITION ALL
        select * from items where grp in (select a from plain) | q.name >= :p      | q.name | AT_POSITION ALL
        select * from items                    | (q.grp, q.id) >= (:p, :p) | q.grp, q.id | AT_POSITION WITHIN_EQUAL
        select grp, count(*) n from items group by grp        | q.n >= :p          | q.n  | ELSEWHERE ALL computed
        select a, count(*) n from plain group by a            | q.a >= :p          | q.a  | AT_POSITION ALL computed
        select *, row_number() over (order by name) r from items | q.id >= :p      | q.id | ELSEWHERE ALL computed
        select *, row_number() over (order by id) r from items | q.id >= :p        | q.id | ELSEWHERE ALL computed
        with x as materialized (select * from items) select * from x | q.id >= :p  | q.id | ELSEWHERE ALL computed
        """)
    void seesWhatIsDoneBeforeTheFirstRow(String query, String condition, String order, String told)
            throws SQLException {
        assertThat(told(query, condition, order)).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with recursive n(id) as (select 1 union all select id + 1 from n where id < 9) select id from n",
                "select value id from json_each('[1, 2]')",
                "select max(a) id from plain",
                "select 1 id"
            })
    void claimsNothingOfWhatItDoesNotUnderstand(String query) throws SQLException {
        assertThat(program(query, "q.id >= :p", "q.id").entry()).isEqualTo(SqliteProgram.Entry.UNKNOWN);
    }

    /** The hint has an effect here only where SQLite knows how many rows there are. */
    @Test
    void looksAtThePlanThatStatisticsLeadTo() throws SQLException {
        String query = "select *, 1 n from readings where sensor = ? and ts >= ?";
        String condition = "likelihood((q.ts, q.n) >= (:p, :p), 0.01)";
        assertThat(program(query, condition, "q.ts, q.n").entry()).isEqualTo(SqliteProgram.Entry.AT_OWN_BOUND);
        analyze();
        assertThat(program(query, condition, "q.ts, q.n").entry()).isEqualTo(SqliteProgram.Entry.AT_POSITION);
    }
}
