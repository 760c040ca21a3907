package dev.windrow.examples.sample;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real data that travels with the project. Each file is small enough to be read whole. Safe for use by many
 * threads.
 */
public final class RealData {
    /** Fractions keep their digits. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private RealData() {}

    /** The bytes of a file below {@code data/}. */
    public static byte[] bytes(String name) throws IOException {
        try (InputStream file = RealData.class.getResourceAsStream("/dev/windrow/examples/data/" + name)) {
            if (file == null) {
                throw new FileNotFoundException("data/" + name + " is not on the class path");
            }
            return file.readAllBytes();
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream packed = RealData.class.getResourceAsStream("/dev/windrow/examples/data/" + name)) {
            if (packed == null) {
                throw new FileNotFoundException("data/" + name + " is not on the class path");
            }
            return new String(new GZIPInputStream(packed).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The lines of a packed text file. */
    public static List<String> lines(String name) throws IOException {
        return List.of(text(name).split("\n"));
    }

    /** The rows of a packed CSV file; the first one is its header. */
    public static List<List<String>> rows(String name) throws IOException {
        return rows(name, ',');
    }

    /** The rows of a packed file of cells between delimiters; the first one is its header. */
    public static List<List<String>> rows(String name, char delimiter) throws IOException {
        return new CellReader(text(name), delimiter).rows();
    }

    /** The objects of a packed file of JSON lines. */
    public static List<JsonNode> objects(String name) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : lines(name)) {
            objects.add(JSON.readTree(line));
        }
        return objects;
    }

    /** The one value of a packed JSON file. */
    public static JsonNode json(String name) throws IOException {
        return JSON.readTree(text(name));
    }

    /** The strings of an array. */
    public static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
