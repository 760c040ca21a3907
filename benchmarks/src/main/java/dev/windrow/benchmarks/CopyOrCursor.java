package dev.windrow.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/** The same rows by the driver's cursor and by {@code COPY}: what each costs Java's thread and the server. */
final class CopyOrCursor {
    private static final int RUNS = 4;
    private static final int FETCH = 1_000;
    private static final int CHUNK = 1 << 16;

    private final PostgresqlServer server;
    private final String query;

    private CopyOrCursor(PostgresqlServer server, long rows) {
        this.server = server;
        this.query = "select id, at, amount, name, ratio from measures where id <= " + rows + " order by id";
    }

    @FunctionalInterface
    private interface Way {
        /** A number that depends on all values, so that none is left unread. */
        long read(Connection connection) throws SQLException, IOException;
    }

    private record Cost(double wall, double own, double server) {}

    static void measure(PostgresqlServer server, long rows, Results results) throws IOException, SQLException {
        CopyOrCursor both = new CopyOrCursor(server, rows);
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("cursor, values as they are", both::values);
        ways.put("cursor, values as texts", both::texts);
        ways.put("`COPY` as text, cut into texts", both::copiedTexts);
        ways.put("`COPY` as text, values parsed", both::copiedValues);
        ways.put("`COPY` as text, bytes alone", connection -> both.copied(connection, "text"));
        ways.put("`COPY` binary, bytes alone", connection -> both.copied(connection, "binary"));
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int i = 0; i < RUNS; i++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                Cost cost = both.cost(way.getValue());
                // The first run is for the JIT.
                if (i > 0) {
                    costs.computeIfAbsent(way.getKey(), name -> new ArrayList<>())
                            .add(cost);
                }
            }
        }
        String read = String.format(Locale.ROOT, "Reading %,d rows of PostgreSQL in Java: ", rows);
        for (Map.Entry<String, List<Cost>> each : costs.entrySet()) {
            List<Cost> all = each.getValue();
            String sides = String.format(
                    Locale.ROOT,
                    "%%.2f s (CPU: Java %.2f s, server %.2f s)",
                    median(all.stream().map(Cost::own).toList()),
                    median(all.stream().map(Cost::server).toList()));
            results.add(
                    "postgresql",
                    read + each.getKey(),
                    "",
                    sides,
                    median(all.stream().map(Cost::wall).toList()));
            read = "… ";
        }
    }

    private static double median(List<Double> values) {
        return Measured.median(values);
    }

    private Cost cost(Way way) throws SQLException, IOException {
        double before = server.cpuSeconds();
        long own = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long began = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl())) {
            connection.setAutoCommit(false);
            if (way.read(connection) == 0) {
                throw new IOException("nothing was read");
            }
        }
        double cpu = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - own) / 1e9;
        return new Cost(Clock.secondsSince(began), cpu, server.cpuSeconds() - before);
    }

    private long values(Connection connection) throws SQLException {
        return rows(
                connection,
                row -> row.getLong(1)
                        + row.getObject(2, OffsetDateTime.class).getNano()
                        + row.getBigDecimal(3).scale()
                        + row.getString(4).length()
                        + (long) row.getDouble(5));
    }

    private long texts(Connection connection) throws SQLException {
        return rows(connection, row -> {
            long length = 0;
            for (int i = 1; i <= 5; i++) {
                length += row.getString(i).length();
            }
            return length;
        });
    }

    @FunctionalInterface
    private interface Row {
        long sum(ResultSet row) throws SQLException;
    }

    private long rows(Connection connection, Row each) throws SQLException {
        long sum = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet row = statement.executeQuery(query)) {
                while (row.next()) {
                    sum += each.sum(row);
                }
            }
        }
        return sum;
    }

    private long copied(Connection connection, String format) throws SQLException, IOException {
        long sum = 0;
        byte[] chunk = new byte[CHUNK];
        try (InputStream copy = copy(connection, format)) {
            for (int length = copy.read(chunk); length >= 0; length = copy.read(chunk)) {
                sum += length;
            }
        }
        return sum;
    }

    private InputStream copy(Connection connection, String format) throws SQLException {
        return new PGCopyInputStream(
                connection.unwrap(PGConnection.class), "copy (" + query + ") to stdout (format " + format + ")");
    }

    private long copiedTexts(Connection connection) throws SQLException, IOException {
        return fields(connection, (column, text) -> text.length());
    }

    /** As much as an export needs of a value: its type's canonical text is made of it. */
    private long copiedValues(Connection connection) throws SQLException, IOException {
        return fields(connection, (column, text) -> switch (column) {
            case 0 -> Long.parseLong(text);
            case 1 -> OffsetDateTime.parse(text.replace(' ', 'T') + ":00").getNano();
            case 2 -> new BigDecimal(text).scale();
            case 3 -> text.length();
            default -> (long) Double.parseDouble(text);
        });
    }

    @FunctionalInterface
    private interface Field {
        long sum(int column, String text);
    }

    private long fields(Connection connection, Field each) throws SQLException, IOException {
        long sum = 0;
        byte[] chunk = new byte[CHUNK];
        int kept = 0;
        int column = 0;
        try (InputStream copy = copy(connection, "text")) {
            for (int length = copy.read(chunk, 0, CHUNK); length >= 0; length = copy.read(chunk, kept, CHUNK - kept)) {
                int end = kept + length;
                int from = 0;
                for (int i = kept; i < end; i++) {
                    if (chunk[i] == '\t' || chunk[i] == '\n') {
                        sum += each.sum(column, new String(chunk, from, i - from, StandardCharsets.UTF_8));
                        column = chunk[i] == '\n' ? 0 : column + 1;
                        from = i + 1;
                    }
                }
                kept = end - from;
                System.arraycopy(chunk, from, chunk, 0, kept);
            }
        }
        return sum;
    }
}
