package dev.windrow.benchmarks.days;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that a server holds, at one moment.
 *
 * @param files how many there are of each kind in the home, but for the databases
 * @param bytes of the same
 * @param rows of each table
 * @param pages of the databases that hold something, in bytes: their files do not shrink
 */
record Sight(
        Machine machine,
        Map<String, Long> files,
        Map<String, Long> bytes,
        Map<String, Long> rows,
        Map<String, Long> pages) {
    private static final List<String> DATABASES = List.of("windrow.db", "queue.db");

    /** @param heap of what is held, after a collection */
    record Machine(long resident, long heap, long descriptors, long threads) {
        private static Machine of(LivingServer server) throws IOException {
            return new Machine(server.resident(), server.liveHeap(), server.descriptors(), server.threads());
        }
    }

    static Sight of(LivingServer server) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        Map<String, Long> bytes = new TreeMap<>();
        count(server.home(), files, bytes);
        Map<String, Long> rows = new TreeMap<>();
        Map<String, Long> pages = new TreeMap<>();
        for (String database : DATABASES) {
            countRows(server.home().resolve(database), rows, pages);
        }
        return new Sight(Machine.of(server), files, bytes, rows, pages);
    }

    private static void count(Path home, Map<String, Long> files, Map<String, Long> bytes) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String kind = home.relativize(file).getName(0).toString();
                if (DATABASES.stream().noneMatch(kind::startsWith)) {
                    files.merge(kind, 1L, Long::sum);
                    bytes.merge(kind, file.toFile().length(), Long::sum);
                }
            }
        }
    }

    private static void countRows(Path database, Map<String, Long> rows, Map<String, Long> pages) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + database + "?mode=ro");
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            for (String table : tables(statement)) {
                rows.put(table, number(statement, "select count(*) from \"" + table + "\""));
            }
            long used = number(statement, "pragma page_count") - number(statement, "pragma freelist_count");
            pages.put(database.getFileName().toString(), used * number(statement, "pragma page_size"));
        } catch (SQLException e) {
            throw new IOException(database + " can't be read", e);
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet names = statement.executeQuery("select name from sqlite_master where type = 'table'")) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        return tables;
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    long filesInAll() {
        return sum(files);
    }

    long bytesInAll() {
        return sum(bytes);
    }

    long rowsInAll() {
        return sum(rows);
    }

    long pagesInAll() {
        return sum(pages);
    }

    private static long sum(Map<String, Long> parts) {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Tables that have more rows than then, and kinds of files of which there are more. */
    List<String> moreThan(Sight then) {
        List<String> more = new ArrayList<>();
        rows.forEach((table, count) -> compare(table + " (rows)", then.rows.getOrDefault(table, 0L), count, more));
        files.forEach((kind, count) -> compare(kind + " (files)", then.files.getOrDefault(kind, 0L), count, more));
        return more;
    }

    private static void compare(String what, long then, long now, List<String> more) {
        if (now > then) {
            more.add(what + ": " + then + " → " + now);
        }
    }
}
