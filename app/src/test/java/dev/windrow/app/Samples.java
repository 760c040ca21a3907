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

/** Sources to export, made once for all tests of this process; nothing changes them. */
final class Samples {
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
    static Path sensors() {
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

    private static void make(Path folder, int rows) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("big.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = off");
            statement.execute("create table big(n integer primary key, text text)");
            statement.execute("with recursive c(n) as (select 1 union all select n + 1 from c where n < " + rows
                    + ") insert into big select n, hex(randomblob(150)) from c");
            Files.writeString(folder.resolve("catalog.yaml"), BIG);
        } catch (SQLException | IOException e) {
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
}
