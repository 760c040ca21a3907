package dev.windrow.common.export;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A worker's hold on an export, and the fence: the number grows with every claim, whoever makes it, and every change
 * that a run makes names it.
 */
public record Claim(ExportId id, long number) {
    private static final Pattern FILE_NAME = Pattern.compile("([0-9a-f-]{36})\\.([1-9][0-9]{0,17})");

    public Claim {
        Objects.requireNonNull(id, "id");
    }

    /** The name, without folder or extension, of everything that this claim writes. */
    public String fileName() {
        return id + "." + number;
    }

    /** The claim that writes under this name; empty when no claim does. */
    public static Optional<Claim> ofFileName(String name) {
        Matcher parts = FILE_NAME.matcher(name);
        return parts.matches()
                ? ExportId.parse(parts.group(1)).map(id -> new Claim(id, Long.parseLong(parts.group(2))))
                : Optional.empty();
    }
}
