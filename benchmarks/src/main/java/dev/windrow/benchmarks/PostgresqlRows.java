package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rows of PostgreSQL beside its own client, with the CPU of both sides; and the two ways in which Java can get at them.
 */
final class PostgresqlRows {
    private static final String PART = "postgresql";
    private static final String QUERY = "select id, at, amount, name, ratio from measures";
    private static final int WARM_UPS = 2;

    private final Options options;
    private final Results results;
    private final long rows;

    PostgresqlRows(Options options, Results results) {
        this.options = options;
        this.results = results;
        this.rows = 3 * options.rows();
    }

    void run(Path data) throws IOException {
        Path work = Files.createTempDirectory("windrow-peers");
        // Where its user can get at it, too.
        try (PostgresqlServer server =
                PostgresqlServer.start(Path.of(System.getProperty("java.io.tmpdir"), "windrow-postgresql"))) {
            fill(server);
            compare(server, catalog(server, data), work);
            CopyOrCursor.measure(server, rows / 2, results);
        } catch (SQLException e) {
            throw new IOException("the source could not be made: " + e.getMessage(), e);
        }
        Files.delete(work);
    }

    private void fill(PostgresqlServer server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists measures(id bigint primary key, at timestamptz not null,"
                    + " amount numeric(12, 2) not null, name text not null, ratio double precision)");
            try (ResultSet count = statement.executeQuery("select count(*) from measures")) {
                if (count.next() && count.getLong(1) == rows) {
                    return;
                }
            }
            System.out.printf(Locale.ROOT, "Making a table of %,d rows ...%n", rows);
            statement.execute("truncate measures");
            statement.execute(
                    "insert into measures select i, timestamptz '2024-01-01 00:00:00+00' + i * interval '977 ms',"
                            + " (i::bigint * 7919 % 1000003)::numeric / 100, 'measure ' || i % 5003, sin(i) from generate_series(1, "
                            + rows
                            + ") i");
            statement.execute("vacuum analyze measures");
        }
    }

    private static Path catalog(PostgresqlServer server, Path data) throws IOException {
        Path catalog = Files.createDirectories(data.resolve(PART)).resolve("catalog.yaml");
        return Files.writeString(catalog, String.format(Locale.ROOT, """
                sources:
                  plant: { url: "%s" }
                datasets:
                  measures: { title: Measures, source: plant, formats: [csv], files: [ { name: measures, query: "%s", key: [id] } ] }
                """, server.jdbcUrl(), QUERY));
    }

    private void compare(PostgresqlServer source, Path catalog, Path work) throws IOException {
        String body = Workload.body("measures", Map.of());
        Map<String, List<Measured>> all = new LinkedHashMap<>();
        Map<String, List<Double>> others = new LinkedHashMap<>();
        try (Server server = Server.start(options.launcher(), options.heap(), catalog)) {
            for (int i = 0; i < WARM_UPS; i++) {
                server.export(body);
            }
            for (int i = 0; i < options.bigRuns(); i++) {
                double before = source.cpuSeconds();
                add(all, Report.WARM, server.export(body));
                double between = source.cpuSeconds();
                add(all, Peer.COPY, Peer.copy().run(source.connection(), QUERY + " order by id", work));
                add(others, Report.WARM, between - before);
                add(others, Peer.COPY, source.cpuSeconds() - between);
            }
            results.add(PART, new Results.Compared("rows of PostgreSQL", rows, all, server.peakResident()));
        }
        double own = Measured.median(all.getOrDefault(Report.WARM, List.of()), Measured::wall);
        double peer = Measured.median(all.getOrDefault(Peer.COPY, List.of()), Measured::wall);
        String what = String.format(Locale.ROOT, "%,d rows of PostgreSQL: wall, to `%s`", rows, Peer.COPY);
        results.atMost(PART, what, 1.0, own / peer, "");
        for (Map.Entry<String, List<Double>> other : others.entrySet()) {
            String side = String.format(Locale.ROOT, "PostgreSQL's own CPU for %,d rows, %s", rows, other.getKey());
            results.add(PART, side, "", "%.2f s", Measured.median(other.getValue()));
        }
    }

    private static <T> void add(Map<String, List<T>> all, String name, T value) {
        all.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        System.out.println("  " + name + ": " + value);
    }
}
