package dev.windrow.examples.sensors;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** The sensors example in a folder: {@code catalog.yaml} and, below {@code sources/}, its database. */
public final class SensorsExample {
    private SensorsExample() {}

    /**
     * Writes the catalog and makes the database, replacing what is there.
     *
     * @param folder made if it is missing
     * @param loadRows readings of the sensor {@code load}, at least 1
     * @param progress is told the readings written so far (all sensors), every few thousand, on the caller's thread
     * @throws IOException if the folder cannot be written
     */
    public static void create(Path folder, long loadRows, LongConsumer progress) throws IOException {
        writeCatalog(folder);
        SensorsDatabase.create(database(folder), loadRows, progress);
    }

    /** Writes {@code catalog.yaml} alone, replacing one that is there; the database is not touched. */
    public static void writeCatalog(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("catalog.yaml"), catalog());
    }

    /** The load rows of the database in this folder; empty if it is missing or of another version. */
    public static OptionalLong loadRows(Path folder) {
        return SensorsDatabase.loadRows(database(folder));
    }

    /** How many readings {@link #create} writes in all, those of the other sensors included. */
    public static long readingsInAll(long loadRows) {
        return SensorsDatabase.rowsInAll(loadRows);
    }

    /** Where the database is, or will be. */
    static Path database(Path folder) {
        return folder.resolve("sources").resolve("sensors.db");
    }

    /** The text of the catalog, which finds its database beside itself. */
    static String catalog() throws IOException {
        try (InputStream text = SensorsExample.class.getResourceAsStream("catalog.yaml")) {
            if (text == null) {
                throw new FileNotFoundException("catalog.yaml is not on the class path");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
