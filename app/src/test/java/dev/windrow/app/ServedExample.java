package dev.windrow.app;

import dev.windrow.examples.Example;
import dev.windrow.testkit.WindowClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One of the examples, made anew and served in this process for all tests of a class. */
abstract class ServedExample {
    @TempDir
    static Path home;

    static Path database;
    static WindowClient client;

    @TempDir
    private static Path sources;

    private static RunningWindow window;

    static void make(Example example) {
        Samples.example(example, sources);
        database = example.database(sources);
    }

    static void serve(String... settings) {
        window = RunningWindow.start(home, sources.resolve("catalog.yaml"), settings);
        client = window.client;
    }

    @AfterAll
    static void stop() {
        window.close();
    }

    /** The files of a completed export, by name. */
    static Map<String, byte[]> entries(JsonNode export) {
        return ZipText.entries(client.archive(export));
    }
}
