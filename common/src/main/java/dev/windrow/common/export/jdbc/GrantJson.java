package dev.windrow.common.export.jdbc;

import dev.windrow.common.access.Bearer;
import dev.windrow.common.access.Grant;
import dev.windrow.common.catalog.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A {@link Grant} as text in ASCII, as it is kept. Reading is strict: what is not understood gives nothing. */
final class GrantJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .enable(
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private GrantJson() {}

    /** Its names are those of the table's column: to rename one is to change the schema. */
    private record Kept(
            Set<String> roles,
            Map<String, Object> claims,
            boolean everyRole,
            Map<String, String> masks,
            String kind,
            String name,
            @Nullable Long maxRows) {}

    /** The text of a grant. */
    static String write(Grant grant) {
        Map<String, String> masks = new LinkedHashMap<>();
        grant.masks().forEach((column, mask) -> masks.put(column, mask.id()));
        return MAPPER.writeValueAsString(new Kept(
                new TreeSet<>(grant.bearer().roles()),
                grant.bearer().claims(),
                grant.bearer().everyRole(),
                masks,
                grant.credential().kind(),
                grant.credential().name(),
                grant.maxRows()));
    }

    /**
     * The grant of that text.
     *
     * @param json null for an export from before grants were kept
     */
    static Grant read(@Nullable String json) {
        if (json == null) {
            return Grant.UNKNOWN;
        }
        Kept kept = MAPPER.readValue(json, Kept.class);
        Map<String, Column.Mask> masks = new LinkedHashMap<>();
        kept.masks.forEach((column, mask) -> masks.put(column, mask(mask)));
        Map<String, Object> claims = new LinkedHashMap<>(kept.claims);
        claims.replaceAll((name, value) -> wide(value));
        return new Grant(
                new Bearer(kept.roles, claims, kept.everyRole),
                masks,
                new Grant.Credential(kept.kind, kept.name),
                kept.maxRows);
    }

    private static Column.Mask mask(String id) {
        return Column.Mask.of(id).orElseThrow(() -> new IllegalStateException("mask: " + id));
    }

    /** Jackson takes the smallest integer type that fits. */
    private static Object wide(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(GrantJson::wide).toList();
        }
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }
}
