package dev.windrow.examples.sensors;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The recordings that travel with the project. Each is small enough to be read whole. */
final class RealData {
    private RealData() {}

    /** The lines of a packed text file. */
    static List<String> lines(String name) throws IOException {
        try (InputStream packed = RealData.class.getResourceAsStream("data/" + name)) {
            if (packed == null) {
                throw new FileNotFoundException("data/" + name + " is not on the class path");
            }
            InputStream plain = new GZIPInputStream(packed);
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        }
    }

    /** The rows of a packed CSV file; the first one is its header. No field of these files holds a line end. */
    static List<List<String>> rows(String name) throws IOException {
        return lines(name).stream().map(RealData::fields).toList();
    }

    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean quoteInside = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (quoteInside) {
                    field.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
