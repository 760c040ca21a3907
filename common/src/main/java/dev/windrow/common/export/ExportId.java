package dev.windrow.common.export;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** An export's id: a UUIDv7 (RFC 9562), so that ids sort by age. It names an export; it is not a permission. */
public record ExportId(UUID value) implements Comparable<ExportId> {
    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    public ExportId {
        Objects.requireNonNull(value, "value");
    }

    /** The id in its canonical form, 36 lower-case characters; empty for any other text. */
    public static Optional<ExportId> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(new ExportId(UUID.fromString(text))) : Optional.empty();
    }

    @Override
    public int compareTo(ExportId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
