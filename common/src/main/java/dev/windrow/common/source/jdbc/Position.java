package dev.windrow.common.source.jdbc;

import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row's key as opaque text, plain ASCII. It says which key it is of, so that a catalog whose key was changed is seen, and does
 * not send an export on from somewhere else.
 *
 * @param key the parts, {@code desc} after those that descend
 * @param at the values, see {@link KeyValues}
 */
record Position(List<String> key, List<String> at) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    Position {
        key = List.copyOf(key);
        at = List.copyOf(at);
    }

    static String write(List<KeyPart> key, Object[] values) {
        return JSON.writeValueAsString(new Position(
                words(key), Arrays.stream(values).map(KeyValues::write).toList()));
    }

    static Object[] read(String position, List<KeyPart> key, String file) throws SourceException {
        try {
            Position read = JSON.readValue(position, Position.class);
            if (!read.key.equals(words(key)) || read.at.size() != key.size()) {
                throw new SourceException(
                        Kind.QUERY, "The key of file " + file + " is not the one that the export began with.");
            }
            return read.at.stream().map(KeyValues::read).toArray();
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new SourceException(Kind.QUERY, "A stored position in file " + file + " can't be read.", e);
        }
    }

    private static List<String> words(List<KeyPart> key) {
        return key.stream()
                .map(part -> part.descending() ? part.column() + " desc" : part.column())
                .toList();
    }
}
