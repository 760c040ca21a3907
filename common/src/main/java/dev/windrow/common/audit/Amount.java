package dev.windrow.common.audit;

import org.jspecify.annotations.Nullable;

/**
 * What of it, and how much. Null is what is not known, or has no number.
 *
 * @param part of an archive: the ranges, as {@code bytes 0-9/100}, or {@code file}; null for the whole. Of a token: the
 *     principal that it was made for. Of a schedule or a preset: its name
 * @param rows of data
 * @param bytes that were sent
 */
public record Amount(
        @Nullable String part,
        @Nullable Long rows,
        @Nullable Long bytes) {
    public static final Amount NONE = new Amount(null, null, null);

    /** A token that was made for that principal. */
    public static Amount tokenFor(String principal) {
        return new Amount(principal, null, null);
    }

    /** The schedule of that name. */
    public static Amount schedule(String name) {
        return new Amount(name, null, null);
    }

    /** The preset of that name. */
    public static Amount preset(String name) {
        return new Amount(name, null, null);
    }

    /** As short, and as much of Unicode, as every database keeps it. */
    public Amount {
        part = Texts.kept(part);
    }
}
