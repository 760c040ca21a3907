package dev.windrow.examples;

import dev.windrow.examples.embedding.OrdersSample;
import dev.windrow.examples.posts.PostsSample;
import dev.windrow.examples.projects.ProjectsSample;
import dev.windrow.examples.sample.Sample;
import dev.windrow.examples.sample.SampleDatabase;
import dev.windrow.examples.sensors.SensorsSample;
import dev.windrow.examples.surveys.SurveysSample;
import dev.windrow.examples.vibration.VibrationSample;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/** One kind of system, in a folder: {@code catalog.yaml} and, below {@code sources/}, its database. Immutable. */
public final class Example {
    /** A plant's time series. */
    public static final Example SENSORS =
            new Example(new SensorsSample(), "sensor-readings", Map.of("sensor_id", "load"), "readings of sensor load");

    /** A recorder's runs, whose samples are JSON. */
    public static final Example VIBRATION =
            new Example(new VibrationSample(), "run", Map.of("run_id", "load"), "samples of run load");

    /** Projects and searches among them. */
    public static final Example PROJECTS = new Example(
            new ProjectsSample(),
            "projects",
            Map.of("organization", ProjectsSample.LOAD),
            "projects of " + ProjectsSample.LOAD);

    /** An archive of posts with media. */
    public static final Example POSTS =
            new Example(new PostsSample(), "posts", Map.of("author", PostsSample.LOAD), "posts of load.example.com");

    /** Surveys that belong to whoever made them. */
    public static final Example SURVEYS = new Example(
            new SurveysSample(),
            "survey-responses",
            Map.of("survey_id", Integer.toString(SurveysSample.LOAD)),
            "responses to survey " + SurveysSample.LOAD);

    /** Orders of shops, for a host application that mints tokens for its users. */
    public static final Example EMBEDDING = new Example(
            new OrdersSample(),
            "orders",
            Map.of("shop", Integer.toString(OrdersSample.LOAD)),
            "orders of shop " + OrdersSample.LOAD);

    private static final List<Example> ALL = List.of(SENSORS, VIBRATION, PROJECTS, POSTS, SURVEYS, EMBEDDING);

    private final Sample sample;
    private final SampleDatabase database;
    private final String dataset;
    private final Map<String, String> parameters;
    private final String loadWords;

    private Example(Sample sample, String dataset, Map<String, String> parameters, String loadWords) {
        this.sample = sample;
        this.database = new SampleDatabase(sample);
        this.dataset = dataset;
        this.parameters = parameters;
        this.loadWords = loadWords;
    }

    /** The example of that name; empty if there is none. */
    public static Optional<Example> named(String name) {
        return ALL.stream().filter(example -> example.name().equals(name)).findFirst();
    }

    /** The names of all examples. */
    public static List<String> names() {
        return ALL.stream().map(Example::name).toList();
    }

    /** The name of its folder and of its database. */
    public String name() {
        return sample.layout().name();
    }

    /** The dataset by which the load rows are exported. */
    public String dataset() {
        return dataset;
    }

    /** The parameters with which {@link #dataset()} gives the load rows, and all of them. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** What the load rows are, in words: "readings of sensor load". */
    public String loadWords() {
        return loadWords;
    }

    /**
     * Writes the catalog and makes the database, replacing what is there.
     *
     * @param folder made if it is missing
     * @param loadRows at least 1
     * @param progress is told the rows of the largest table written so far, every few thousand, on the caller's thread
     * @throws IOException if the folder cannot be written
     */
    public void create(Path folder, long loadRows, LongConsumer progress) throws IOException {
        writeCatalog(folder);
        database.create(database(folder), loadRows, progress);
    }

    /** Writes {@code catalog.yaml} alone, replacing one that is there; the database is not touched. */
    public void writeCatalog(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("catalog.yaml"), catalog());
    }

    /** The load rows of the database in this folder; empty if it is missing or of another version. */
    public OptionalLong loadRows(Path folder) {
        return database.loadRows(database(folder));
    }

    /** How many rows of the largest table {@link #create} writes in all, those beside the load rows included. */
    public long rowsInAll(long loadRows) {
        return database.rowsInAll(loadRows);
    }

    /** Where the database is, or will be. */
    public Path database(Path folder) {
        return database.in(folder);
    }

    /** The text of the catalog, which finds its database beside itself. */
    public String catalog() throws IOException {
        String resource = name() + "/catalog.yaml";
        try (InputStream text = Example.class.getResourceAsStream(resource)) {
            if (text == null) {
                throw new FileNotFoundException(resource + " is not on the class path");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
