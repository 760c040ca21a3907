package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.value.KeyValues;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row's key as opaque text, plain ASCII. It says which key it is of, so that a catalog whose key was changed is seen,
 * and does not send an export on from somewhere else.
 *
 * @param key the parts, {@code desc} after those that descend
 * @param at the values, see {@link KeyValues}
 * @param row where the key may name another row later, what tells this one, see {@link RowContent}; else null
 */
record Position(List<String> key, List<String> at, @Nullable String row) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    Position {
        key = List.copyOf(key);
        at = List.copyOf(at);
    }

    static String write(List<KeyPart> key, Object[] values, @Nullable String row) {
        Map<String, Object> position = new LinkedHashMap<>();
        position.put("key", words(key));
        position.put("at", Arrays.stream(values).map(KeyValues::write).toList());
        if (row != null) {
            position.put("row", row);
        }
        return JSON.writeValueAsString(position);
    }

    static Position read(String position, List<KeyPart> key, String file) throws SourceException {
        try {
            Position read = JSON.readValue(position, Position.class);
            if (read == null) {
                throw new IllegalArgumentException("null");
            }
            if (!read.key.equals(words(key)) || read.at.size() != key.size()) {
                throw new SourceException(
                        Kind.QUERY, "The key of file " + file + " is not the one that the export began with.");
            }
            read.values();
            return read;
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new SourceException(Kind.QUERY, "A stored position in file " + file + " can't be read.", e);
        }
    }

    Object[] values() {
        return at.stream().map(KeyValues::read).toArray();
    }

    private static List<String> words(List<KeyPart> key) {
        return key.stream()
                .map(part -> part.descending() ? part.column() + " desc" : part.column())
                .toList();
    }
}
