package dev.windrow.benchmarks;

import dev.windrow.testkit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much of an archive is there again in the next day's, with one row more near the start; and what the other
 * checkout makes of the same rows, how large and how fast.
 */
final class BlocksKept {
    private static final String PART = "blocks";
    private static final Pattern DIGEST = Pattern.compile(",\"([0-9a-f]{64})\"\\]");

    private final Options options;
    private final Results results;

    BlocksKept(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    void run(Path data) throws IOException {
        oneRowMore(data);
        if (options.compares()) {
            beforeAndAfter(new Readings(options.rows(), "wal").prepare(data).resolve("catalog.yaml"));
        }
    }

    private void oneRowMore(Path data) throws IOException {
        Readings readings = new Readings(options.bigRows(), "wal");
        Path source = readings.prepare(data);
        Path copy = Files.createTempDirectory("windrow-source");
        Files.copy(source.resolve("catalog.yaml"), copy.resolve("catalog.yaml"));
        Path database = copy.resolve("source.db");
        Files.copy(readings.database(source), database, StandardCopyOption.REPLACE_EXISTING);
        try (Server server = Server.start(options.launcher(), options.heap(), copy.resolve("catalog.yaml"))) {
            server.export(Readings.body());
            Set<String> before = digests(server.artifacts());
            insert(database);
            server.export(Readings.body());
            // Those of the second archive that the first one does not have are as many as the first one's that are
            // gone, give or take one.
            double kept =
                    100.0 * (2 * before.size() - digests(server.artifacts()).size()) / before.size();
            String what = String.format(
                    Locale.ROOT,
                    "%,d readings, one row more near the start: blocks of yesterday's archive that stay, %%",
                    options.bigRows());
            results.atLeast(PART, what, 99.8, kept, String.format(Locale.ROOT, " of %,d", before.size()));
        }
        Folders.delete(copy);
    }

    private static Set<String> digests(Path store) throws IOException {
        Set<String> digests = new HashSet<>();
        try (Stream<Path> files = Files.list(store)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".blocks")).toList()) {
                Matcher digest = DIGEST.matcher(Files.readString(file));
                while (digest.find()) {
                    digests.add(digest.group());
                }
            }
        }
        return digests;
    }

    private static void insert(Path database) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into readings select sensor_id, timestamp_ms + 1, value, quality from readings"
                    + " where sensor_id = 'load' order by timestamp_ms limit 1 offset 10");
        } catch (SQLException e) {
            throw new IOException("the row could not be inserted: " + e.getMessage(), e);
        }
    }

    private void beforeAndAfter(Path catalog) throws IOException {
        try (Server server = Server.start(options.launcher(), options.heap(), catalog);
                Server other = Server.start(options.other(), options.heap(), catalog)) {
            Measured own = server.export(Readings.body());
            Measured before = other.export(Readings.body());
            String rows = String.format(Locale.ROOT, "%,d readings, first export: ", options.rows());
            results.add(PART, rows + "the other checkout", "", "%.1f s", before.wall());
            results.add(PART, "… this one", "", "%.1f s", own.wall());
            String what = String.format(
                    Locale.ROOT, "%,d readings: size of the archive, to that of the other checkout", options.rows());
            results.atMost(PART, what, 1.01, own.bytes() / (double) before.bytes(), "");
        }
    }
}
