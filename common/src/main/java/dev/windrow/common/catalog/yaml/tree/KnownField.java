package dev.windrow.common.catalog.yaml.tree;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field that a mapping of a catalog may have. Immutable.
 *
 * @param preset what a field that is left out counts as, in words; null for one that must be there
 * @param example a value, as YAML; null for a field of other mappings, which have their own
 * @param meaning in one sentence or two, as Markdown
 */
public record KnownField(
        String name,
        ValueForm form,
        @Nullable String preset,
        @Nullable String example,
        String meaning) {
    public KnownField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(meaning, "meaning");
    }

    /** A field that must be there. */
    public static KnownField required(String name, ValueForm form, String example, String meaning) {
        return new KnownField(name, form, null, example, meaning);
    }

    /** A field that may be left out. */
    public static KnownField optional(String name, ValueForm form, String preset, String example, String meaning) {
        return new KnownField(name, form, preset, example, meaning);
    }

    /** A field of other mappings; {@code preset} is null where it must be there. */
    public static KnownField with(String name, ValueForm form, @Nullable String preset, String meaning) {
        return new KnownField(name, form, preset, null, meaning);
    }

    /** Whether a mapping is wrong without it. */
    public boolean required() {
        return preset == null;
    }
}
