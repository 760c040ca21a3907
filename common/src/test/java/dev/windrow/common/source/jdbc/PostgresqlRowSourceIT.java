package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresqlRowSourceIT extends RowSourceContract {
    private static final String OURS = " from pg_stat_activity where application_name = 'windrow'";

    @AfterEach
    void dropAll() throws SQLException {
        run("drop schema public cascade", "create schema public");
    }

    @Override
    TestDatabase database() {
        return PostgresqlServer.STARTED;
    }

    @Test
    void givesAServerUpThatIsSilentForLongerThanAnyQueryMayTake() throws Exception {
        try (LentConnection connection = connections.lend(source())) {
            assertThat(connection.connection().getNetworkTimeout()).isEqualTo(660_000);
        }
    }

    @Test
    void tellsColumnsByTheirTypesWithoutRunningTheQuery() throws Exception {
        run("create type mood as enum ('calm', 'Storm')");
        String query = """
                select 1::int2 a, 1 b, 1::int8 c, 1.5::float4 d, 1.5::float8 e, 1.5 f, true g, date '2024-01-01' h, now() i,
                  localtimestamp j, '{}'::json k, '{}'::jsonb l, ''::bytea m, 'x'::text n, gen_random_uuid() o, 'calm'::mood p,
                  array[1] q, id r, 1/0 s
                from items where id = :id and name = :name and (:day is null or now()::date > cast(:day as date))
                """;
        List<Parameter> parameters = List.of(
                parameter("id", ParameterType.INTEGER),
                parameter("name", ParameterType.STRING),
                parameter("day", ParameterType.DATE));
        JdbcSourceInspector inspector = new JdbcSourceInspector(connections);
        assertThat(inspector.describe(source(), query, parameters))
                .extracting(column -> column.name() + " " + column.type().id())
                .containsExactly(
                        "a integer",
                        "b integer",
                        "c integer",
                        "d number",
                        "e number",
                        "f number",
                        "g boolean",
                        "h date",
                        "i timestamp",
                        "j string",
                        "k json",
                        "l json",
                        "m bytes",
                        "n string",
                        "o string",
                        "p string",
                        "q string",
                        "r integer",
                        "s integer");
        assertThatThrownBy(() -> inspector.describe(source(), "select 1 as a where now() > :name", parameters))
                .isInstanceOf(InspectionException.class)
                .hasMessageContaining("operator does not exist");
        assertThatThrownBy(() -> inspector.describe(source(), "delete from items returning id", List.of()))
                .isInstanceOf(InspectionException.class);
    }

    @Test
    void givesValuesByTheirColumnsTypes() throws Exception {
        String query = """
                select 1 as id, (-32768)::int2 a, 9223372036854775807 b, 0.1::float4 c, 0.1::float8 d, 1.50 e, true f,
                  date '2024-02-29' g, timestamptz '2024-02-29 12:00:00.123456+02' h, timestamp '2024-02-29 12:00:00' i,
                  '{"a":  1}'::json j, '\\x00ff'::bytea k, 'x'::text l, '00000000-0000-0000-0000-000000000001'::uuid m, array[1,2] n
                union all
                select 2, null, null, null, null, null, null, null, null, null, null, null, null, null, null
                union all
                select 3, 1, 1, 'NaN', '-Infinity', 'NaN', false, 'infinity', '-infinity', 'infinity', 'null', '', '', null, '{}'
                """;
        String columns = "a, b, c, d, e, f, g, h, i, j, k, l, m, n";
        try (RowReader reader = rows.open(Selections.of(source(), query, "id", columns))) {
            assertThat(Selections.readAll(reader, 2))
                    .containsExactly(
                            List.of(
                                    -32768L,
                                    Long.MAX_VALUE,
                                    0.1,
                                    0.1,
                                    new BigDecimal("1.50"),
                                    true,
                                    LocalDate.of(2024, 2, 29),
                                    Instant.parse("2024-02-29T10:00:00.123456Z"),
                                    "2024-02-29T12:00:00",
                                    new RecordedRows.Json("{\"a\":1}"),
                                    new RecordedRows.Bytes("00ff"),
                                    "x",
                                    "00000000-0000-0000-0000-000000000001",
                                    "{1,2}"),
                            Collections.nCopies(14, null),
                            Arrays.asList(
                                    1L,
                                    1L,
                                    Double.NaN,
                                    Double.NEGATIVE_INFINITY,
                                    Double.NaN,
                                    false,
                                    "infinity",
                                    "-infinity",
                                    "infinity",
                                    new RecordedRows.Json("null"),
                                    new RecordedRows.Bytes(""),
                                    "",
                                    null,
                                    "{}"));
        }
    }

    @Test
    void isUnavailableOnceItsServerHasDroppedTheConnection() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            String bound = last(reader);
            dropConnections();
            SourceException refused = refused(() -> reader.read(null, bound));
            assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        }
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            last(reader);
        }
        dropConnections();
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            assertThat(Selections.readAll(reader, 7)).hasSize(61);
        }
    }

    @Test
    void holdsNoTransactionBetweenLegs() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), "select * from items", "id", "id"))) {
            String bound = last(reader);
            assertThat(openTransactions()).isZero();
            try (RowReader.Leg leg = reader.read(null, bound)) {
                assertThat(leg.next()).isTrue();
                assertThat(openTransactions()).isOne();
            }
            assertThat(openTransactions()).isZero();
        }
    }

    @Test
    void tellsTheOwnerNothingOfAServerThatIsNotThere() {
        Source gone = new Source("plant", "jdbc:postgresql://localhost:1/secret", "admin", "geheim");
        SourceException refused = refused(rows.open(Selections.of(gone, "select 1 as n", "n", "n"))::lastPosition);
        assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(refused.detail()).isEqualTo("The source database is not available.");
    }

    @Test
    void doesNotWaitForAServerThatLetsNobodyIn() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (String mode : List.of("prefer", "disable")) {
                Source source = new Source(
                        "plant",
                        "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x?sslmode=" + mode,
                        "admin",
                        "geheim");
                long begun = System.nanoTime();
                SourceException refused = refused(
                        () -> rows.subjectExists(dataset(source, "select 1"), name("x"), Duration.ofSeconds(1)));
                assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
                // Anybody else waits ten.
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
            }
        }
    }

    @Test
    void givesUpAServerThatIsSilentBeforeItLetsUsIn() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x?sslmode=disable";
            Source source = new Source("plant", url, "admin", "geheim");
            SourceException refused =
                    refused(rows.open(Selections.of(source, "select 1 as n", "n", "n"))::lastPosition);
            assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void keepsToWhatTheUrlSaysOfSilence() throws Exception {
        Source source = source();
        String url = source.url() + (source.url().contains("?") ? "&" : "?") + "socketTimeout=77";
        try (LentConnection connection =
                connections.lend(new Source("plant", url, source.username(), source.password()))) {
            assertThat(connection.connection().getNetworkTimeout()).isEqualTo(77_000);
        }
    }

    private void dropConnections() throws SQLException {
        run("select pg_terminate_backend(pid, 5000)" + OURS);
    }

    private long openTransactions() throws SQLException {
        String idle = "select count(*)" + OURS + " and (state like 'idle in%' or state = 'active')";
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(idle)) {
            found.next();
            return found.getLong(1);
        }
    }

    private static Parameter parameter(String name, ParameterType type) {
        return new Parameter(
                name, new Parameter.Kind(type, false, null), false, null, Parameter.Words.NONE, Parameter.Limits.NONE);
    }
}
