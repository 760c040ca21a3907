package dev.windrow.app;

import dev.windrow.examples.Example;
import dev.windrow.testkit.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** Sources to export, made once for all tests of this process; nothing changes them. */
public final class Samples {
    static final long LOAD_ROWS = 20_000;
    /** So many load rows had the databases whose digests the tests of the examples know. */
    static final int EXAMPLE_ROWS = 10_000;
    /** So many rows of random text that an export of them can be seen running, even on a fast machine. */
    static final int BIG_ROWS = 300_000;
    /** Of the rows of {@code slow}: an export of them takes seconds on any machine. */
    static final int SOME_ROWS = 15_000;

    private static final String BIG = """
            sources:
              rows: { url: "jdbc:sqlite:big.db" }
            datasets:
              big:
                title: Many rows of random text
                source: rows
                formats: [csv]
                parameters:
                  most: { type: integer, default: 300000 }
                files:
                  - name: big
                    query: select n, text from big where n <= :most
                    key: [n]
              slow:
                title: The same, read a row at a time so that all of them take longer than any test looks at them
                source: rows
                formats: [csv]
                parameters:
                  most: { type: integer, default: 300000 }
                files:
                  - name: slow
                    query: select n, text from big where n <= :most
                    key: [n]
                    batchRows: 1
            """;

    private Samples() {}

    /** The sensors example. */
    public static Path sensors() {
        return Holder.SENSORS;
    }

    /** An example of {@link #EXAMPLE_ROWS} load rows in a folder of the caller's own, which may change it. */
    static Path example(Example example, Path folder) {
        try {
            example.create(folder, EXAMPLE_ROWS, made -> {});
            return folder.resolve("catalog.yaml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A catalog of {@link #BIG_ROWS} rows as two datasets: {@code big}, and {@code slow}, which goes on until a test
     * has seen enough of it.
     */
    static Path big() {
        return Holder.BIG_FOLDER;
    }

    /** A dataset of few rows in its own source, which a test may break. */
    static Path small(Path folder, int rows) {
        make(folder, rows);
        return folder.resolve("catalog.yaml");
    }

    /**
     * As {@link #small}, but each row of {@code slow} takes its time, whatever the machine, until {@link #hurry}.
     *
     * @param pace how much: a thousand take about a fifth of a millisecond
     */
    public static Path paced(Path folder, int rows, int pace) {
        Path catalog = small(folder, rows);
        try {
            run(folder, "create table pace(steps integer)", "insert into pace values (" + pace + ")");
            String text = Files.readString(catalog);
            int at = text.lastIndexOf(":most") + ":most".length();
            Files.writeString(
                    catalog,
                    text.substring(0, at) + " and (with recursive step(k) as (select 0 union all select k + 1 from step"
                            + " where k < (select steps from pace) + n * 0) select count(*) from step) > 0"
                            + text.substring(at));
            return catalog;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From here on the rows of {@link #paced} take no time of their own; nobody may be reading them. */
    static void hurry(Path folder) {
        run(folder, "update pace set steps = 0");
    }

    private static void make(Path folder, int rows) {
        try {
            run(
                    folder,
                    "create table big(n integer primary key, text text)",
                    "with recursive c(n) as (select 1 union all select n + 1 from c where n < " + rows
                            + ") insert into big select n, hex(randomblob(150)) from c");
            Files.writeString(folder.resolve("catalog.yaml"), BIG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path folder, String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("big.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = off");
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Holder {
        static final Path SENSORS = temporary("sensors");
        static final Path BIG_FOLDER = temporary("big");

        static {
            try {
                Example.SENSORS.create(SENSORS, LOAD_ROWS, made -> {});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            make(BIG_FOLDER, BIG_ROWS);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                Folders.delete(SENSORS);
                Folders.delete(BIG_FOLDER);
            }));
        }

        private static Path temporary(String name) {
            try {
                return Files.createTempDirectory("windrow-" + name);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A dataset {@code media} with a picture of so many bytes that no archive makes smaller. */
    static Path noise(Path folder, int bytes) throws IOException, SQLException {
        byte[] noise = new byte[bytes];
        new Random(1).nextBytes(noise);
        Files.write(Files.createDirectory(folder.resolve("media")).resolve("noise.zip"), noise);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("media.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table media(id integer primary key, path text not null)");
            statement.execute("insert into media values (1, 'noise.zip')");
        }
        return Files.writeString(folder.resolve("catalog.yaml"), """
                sources:
                  media: { url: "jdbc:sqlite:media.db" }
                datasets:
                  media:
                    title: Media
                    source: media
                    formats: [csv]
                    files:
                      - { name: media, query: "select id, path from media", key: [id] }
                      - { name: files, attachments: { query: "select path from media", root: "media" } }
                """);
    }
}
