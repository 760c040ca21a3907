package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of the types that MariaDB's and MySQL's drivers do not agree about. */
@Tag("slow")
class MariadbValuesIT {
    private static final String COLUMNS = "t1, b1, b4, y, ub, d, m, dt, ts, f, dbl, dec_, e, s, bin, txt, tm";

    private final SourceConnections connections = new SourceConnections();

    @AfterEach
    void dropAll() throws SQLException {
        connections.close();
        MariadbServer.started().execute("drop table if exists kinds, many");
    }

    private static MariadbServer server(String driver) {
        return driver.equals("mysql") ? MariadbServer.byMysqlsDriver() : MariadbServer.started();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void areThoseOfTheServer(String driver) throws Exception {
        MariadbServer server = server(driver);
        try (Connection owner = server.connect();
                Statement statement = owner.createStatement()) {
            // Days that are zero are of old tables.
            statement.execute("set sql_mode = '', time_zone = '+02:00'");
            statement.execute("create table kinds(id int primary key, t1 tinyint(1), b1 bit(1), b4 bit(4), y year,"
                    + " ub bigint unsigned, d date, m date, dt datetime(6), ts timestamp(3) null, f float, dbl double,"
                    + " dec_ decimal(20, 2), e enum('calm', 'Storm'), s set('a', 'b'), bin varbinary(4), txt text,"
                    + " tm time)");
            statement.execute("insert into kinds values (1, 2, b'1', b'1010', 2024, 18446744073709551615, '2024-02-29',"
                    + " '0000-00-00', '2024-02-29 12:00:00.123456', '2024-02-29 14:00:00.5', 0.1, 0.1, 1.50, 'Storm',"
                    + " 'a,b', x'00ff', 'ä€😀', '-12:30:00')");
            statement.execute("insert into kinds(id) values (2)");
        }
        String query = "select * from kinds";
        assertThat(new JdbcSourceInspector(connections).describe(server.source(), query, List.of()))
                .extracting(column -> column.name() + " " + column.type().id())
                .containsExactly(
                        "id integer",
                        "t1 integer",
                        "b1 integer",
                        "b4 integer",
                        "y integer",
                        "ub integer",
                        "d date",
                        "m date",
                        "dt string",
                        "ts timestamp",
                        "f number",
                        "dbl number",
                        "dec_ number",
                        "e string",
                        "s string",
                        "bin bytes",
                        "txt string",
                        "tm string");
        try (RowReader reader =
                new JdbcRowSource(connections).open(Selections.of(server.source(), query, "id", COLUMNS))) {
            assertThat(Selections.readAll(reader, 1))
                    .containsExactly(
                            Arrays.asList(
                                    2L,
                                    1L,
                                    10L,
                                    2024L,
                                    new BigDecimal("18446744073709551615"),
                                    LocalDate.of(2024, 2, 29),
                                    "0000-00-00",
                                    "2024-02-29T12:00:00.123456",
                                    Instant.parse("2024-02-29T12:00:00.5Z"),
                                    0.1,
                                    0.1,
                                    new BigDecimal("1.50"),
                                    "Storm",
                                    "a,b",
                                    new RecordedRows.Bytes("00ff"),
                                    "ä€😀",
                                    "-12:30:00"),
                            Collections.nCopies(17, null));
        }
    }

    /** Keys of each type that has an order. */
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void goOnAfterAnyKey(String driver) throws Exception {
        MariadbServer server = server(driver);
        server.execute(
                "create table kinds(id int primary key, y year not null, ub bigint unsigned not null, d date not null,"
                        + " dt datetime(6) not null, ts timestamp(3) not null, dec_ decimal(20, 2) not null,"
                        + " txt varchar(20) not null, bin varbinary(4) not null, tm time not null, b4 bit(4) not null,"
                        + " e enum('z', 'a') not null)",
                "insert into kinds select seq, 1990 + seq, 18446744073709551000 + seq, '2024-02-28' + interval seq day,"
                        + " '2024-02-28 23:59:59.5' + interval seq microsecond, '2024-02-28 10:00:00' + interval seq hour,"
                        + " seq / 4, case when seq % 2 = 0 then concat('É', seq) else concat('e', seq, ' ') end,"
                        + " char(seq), sec_to_time(seq * 1000), seq, if(seq < 8, 'z', 'a') from seq_1_to_15");
        for (String key : List.of("y", "ub", "d", "dt", "ts", "dec_", "txt", "bin", "tm")) {
            for (String order : List.of(key, key + " desc")) {
                try (RowReader reader = new JdbcRowSource(connections)
                        .open(Selections.of(server.source(), "select * from kinds", order, "id"))) {
                    assertThat(Selections.readAll(reader, 2))
                            .as(order)
                            .hasSize(15)
                            .doesNotHaveDuplicates();
                }
            }
        }
    }

    /** An enum sorts by the order of its words and compares as text. */
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void refuseAKeyThatSortsOtherwiseThanItCompares(String driver) throws Exception {
        MariadbServer server = server(driver);
        server.execute(
                "create table kinds(id int primary key, e enum('z', 'a') not null)",
                "insert into kinds select seq, if(seq < 8, 'z', 'a') from seq_1_to_15");
        try (RowReader reader = new JdbcRowSource(connections)
                .open(Selections.of(server.source(), "select * from kinds", "e, id", "id"))) {
            assertThat(DatabaseContract.refused(() -> Selections.readAll(reader, 2))
                            .detail())
                    .contains("the source sorts its key (e, id) otherwise than it compares it");
        }
    }

    /** A result of more than the heap would hold would end the test. */
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void comeOneByOneHoweverManyThereAre(String driver) throws Exception {
        MariadbServer server = server(driver);
        int rows = (int) Math.min(
                3_000_000,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax() / 1_000);
        server.execute(
                "create table many(id int primary key) engine=InnoDB",
                "insert into many select seq from seq_1_to_" + rows);
        String wide = "select id, repeat('x', 2000) as text from many";
        try (RowReader reader =
                new JdbcRowSource(connections).open(Selections.of(server.source(), wide, "id", "text"))) {
            String bound = DatabaseContract.last(reader);
            int seen = 0;
            String position = null;
            while (seen < rows) {
                try (RowReader.Leg leg = reader.read(position, bound)) {
                    while (leg.next()) {
                        seen++;
                    }
                    position = leg.position();
                }
            }
            assertThat(seen).isEqualTo(rows);
        }
    }
}
