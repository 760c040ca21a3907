package dev.windrow.common.catalog.yaml.tree;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One kind of mapping in a catalog, with all its fields. Immutable.
 *
 * @param name as the manual's heading and the schema's definition have it
 * @param meaning what such a mapping is, in one sentence
 * @param fields in the order of the manual
 */
public record Level(String name, String meaning, List<KnownField> fields) {
    public Level {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(meaning, "meaning");
        fields = List.copyOf(fields);
    }

    /** The names of all its fields. */
    public List<String> names() {
        return fields.stream().map(KnownField::name).collect(Collectors.toUnmodifiableList());
    }

    /**
     * The field of that name.
     *
     * @throws IllegalArgumentException when it has none: whoever asks must have described the field first
     */
    public KnownField field(String field) {
        return fields.stream()
                .filter(known -> known.name().equals(field))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no field " + field));
    }
}
