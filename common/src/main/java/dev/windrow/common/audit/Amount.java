package dev.windrow.common.audit;

import org.jspecify.annotations.Nullable;

/**
 * How much of it. Null is what is not known, or has no number.
 *
 * @param part of an archive: the ranges, as {@code bytes 0-9/100}, or {@code file}; null for the whole
 * @param rows of data
 * @param bytes that were sent
 */
public record Amount(
        @Nullable String part,
        @Nullable Long rows,
        @Nullable Long bytes) {
    public static final Amount NONE = new Amount(null, null, null);

    /** As short, and as much of Unicode, as every database keeps it. */
    public Amount {
        part = Texts.kept(part);
    }
}
