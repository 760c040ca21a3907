package dev.windrow.common.manifest;

import dev.windrow.common.manifest.ManifestFile.Column;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a manifest a file at a time: however many there are, one is held. It may come from anywhere: what it does not
 * say, or says otherwise than we do, is taken for unsaid. Not thread-safe.
 */
public final class ManifestReader implements Closeable {
    private final JsonParser json;
    private boolean begun;
    private boolean amongFiles;
    private @Nullable String engine;

    /** @param manifest its bytes; closed with the reader */
    public ManifestReader(InputStream manifest) {
        this.json = JsonMapper.shared().createParser(manifest);
    }

    /**
     * The next file; null when there is none any more.
     *
     * @throws IOException when it can't be read or is no JSON
     */
    public @Nullable ManifestFile next() throws IOException {
        try {
            return nextFile();
        } catch (JacksonException e) {
            throw new IOException("the manifest can't be read", e);
        }
    }

    /**
     * What deflated the archive, any text; null where it is not said, or not before the files that were read so far.
     */
    public @Nullable String engine() {
        return engine;
    }

    private @Nullable ManifestFile nextFile() {
        if (!begun) {
            begun = true;
            json.nextToken();
        }
        while (true) {
            if (amongFiles) {
                if (json.nextToken() == JsonToken.START_OBJECT) {
                    return file();
                }
                amongFiles = false;
            }
            if (json.nextToken() != JsonToken.PROPERTY_NAME) {
                return null;
            }
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("files") && value == JsonToken.START_ARRAY) {
                amongFiles = true;
            } else if (field.equals("engine")) {
                engine = text();
            } else {
                json.skipChildren();
            }
        }
    }

    private ManifestFile file() {
        String name = "";
        long rows = ManifestFile.UNSAID;
        long bytes = ManifestFile.UNSAID;
        String sha256 = null;
        List<Column> columns = List.of();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = Objects.requireNonNullElse(text(), "");
                case "rows" -> rows = number();
                case "bytes" -> bytes = number();
                case "sha256" -> sha256 = text();
                case "columns" -> columns = columns();
                default -> json.skipChildren();
            }
        }
        return new ManifestFile(name, rows, bytes, sha256, columns);
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return columns;
        }
        while (json.nextToken() == JsonToken.START_OBJECT) {
            String name = "";
            String type = "";
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "name" -> name = Objects.requireNonNullElse(text(), "");
                    case "type" -> type = Objects.requireNonNullElse(text(), "");
                    default -> json.skipChildren();
                }
            }
            columns.add(new Column(name, type));
        }
        return columns;
    }

    /** The value as text; null for what is not one. */
    private @Nullable String text() {
        JsonToken value = json.currentToken();
        json.skipChildren();
        return value.isScalarValue() ? json.getValueAsString() : null;
    }

    private long number() {
        json.skipChildren();
        return json.getValueAsLong(ManifestFile.UNSAID);
    }

    @Override
    public void close() {
        json.close();
    }
}
