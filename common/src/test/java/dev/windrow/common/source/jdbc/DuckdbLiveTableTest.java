package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.jdbc.connect.Cancellation;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.sql.KeySql.Slot;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class DuckdbLiveTableTest extends LiveTableContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase database() {
        return new DuckdbDatabase(folder.resolve("plant.duckdb"));
    }

    /** It has no order to enter, and counts nothing for others: its plans say what it goes over. */
    @ParameterizedTest
    @ValueSource(strings = {"k", "k desc", "half, k", "half desc, k desc"})
    void goesOverTheTableOnceForEachLegAndKeepsNoMoreThanTheLeg(String key) throws Exception {
        makeMany(30_000);
        RowSelection selection = Selections.of(source(), "select * from many", key, "k");
        for (int given : new int[] {3_000, 27_000}) {
            String position;
            try (RowReader reader = rows.open(selection)) {
                position = Selections.positionAfter(reader, last(reader), given);
            }
            try (LentConnection connection = connections.lend(source());
                    OpenFile file = new OpenFile(connection, selection, new Cancellation(Dialect.DUCKDB))) {
                Object[] after =
                        Position.read(position, file.keyParts(), file.name()).values();
                KeysetSql.Statement next = file.next(after);
                String sql = "explain analyze " + connection.dialect().limit(next.sql(), 1_000);
                for (Slot slot : Stream.concat(next.before().stream(), next.after().stream())
                        .toList()) {
                    sql = sql.replaceFirst("\\?", "'" + after[slot.part()] + "'");
                }
                assertThat(explained(connection, sql))
                        .containsOnlyOnce("TABLE_SCAN")
                        .contains("TOP_N")
                        .doesNotContain("ORDER_BY");
            }
        }
    }

    private static String explained(LentConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.connection().createStatement();
                ResultSet plan = statement.executeQuery(sql)) {
            assertThat(plan.next()).isTrue();
            return plan.getString(2);
        }
    }

    /** Its writers do not wait: they are refused as long as a leg is open. */
    @Override
    @Test
    void holdsNoWriterUpAndSeesOneStateWhileALegIsOpen() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, "id", "id"))) {
            String bound = last(reader);
            try (RowReader.Leg leg = reader.read(null, bound)) {
                assertThat(leg.next()).isTrue();
                assertThatThrownBy(() -> run("delete from items")).isInstanceOf(SQLException.class);
            }
            run("delete from items where id > 10");
            assertThat(Selections.readFrom(reader, null, bound, 7)).hasSize(11);
        }
    }

    @Test
    void tellsThatAnotherProcessHasItOpen() throws Exception {
        try (AutoCloseable other = lock();
                RowReader reader = rows.open(Selections.of(source(), ITEMS, "id", "id"))) {
            assertThat(refused(reader::lastPosition).detail())
                    .as(other.toString())
                    .isEqualTo("The source database is open for writing in another process.");
        }
    }

    /** Another process has it open. */
    @Override
    AutoCloseable lock() throws Exception {
        Process owner = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        source().url())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(owner.inputReader().readLine()).isEqualTo("open");
        return () -> {
            owner.destroyForcibly();
            assertThat(owner.waitFor(30, TimeUnit.SECONDS)).isTrue();
        };
    }

    /** Has a database open for writing until it is killed. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] url) throws Exception {
            try (Connection connection = DriverManager.getConnection(url[0])) {
                System.out.println(connection.isReadOnly() ? "read only" : "open");
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }
}
