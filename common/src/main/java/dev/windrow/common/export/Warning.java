package dev.windrow.common.export;

import java.util.Locale;
import java.util.Objects;

/**
 * Something that the owner of a completed export should know before relying on it.
 *
 * @param detail a sentence with its numbers, for the export's owner; holds no SQL, path of this machine or credential
 */
public record Warning(Type type, String detail) {
    public Warning {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(detail, "detail");
    }

    /** What kind of thing it is. The ids are part of the HTTP API ({@code warnings[].type}) and are stored. */
    public enum Type {
        /** Fewer rows were written than were counted, since the source changed meanwhile. */
        ROWS_CHANGED,
        /** Characters that can't be written stand as U+FFFD. */
        VALUES_REPLACED,
        /** Texts were cut at what a cell of the format holds. */
        CELLS_TRUNCATED,
        /** Entries of the archive are called otherwise than was asked for. */
        NAMES_CHANGED,
        /** Files that rows name are not in the archive. */
        ATTACHMENTS_MISSING;

        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws IllegalArgumentException for an unknown id */
        public static Type of(String id) {
            return valueOf(id.replace('-', '_').toUpperCase(Locale.ROOT));
        }
    }
}
