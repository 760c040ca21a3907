package dev.windrow.common.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One column of a file, in the order of its query.
 *
 * @param name the name in the query's result, in CSV headers and in the API
 * @param type what the column holds
 * @param declared true when the catalog's {@code as} said the type, so that each value must fit it or the export
 *     fails; false when the type is the source's own word, from which a loosely typed source's single values may differ
 *     (they are then written as what they are)
 * @param unit what the column's numbers count, where they are timestamps; null where the catalog says none, and
 *     then no number is one
 * @param title for people, in headers where a start asks for titles; null when the catalog gives none
 * @param masked what stands for its values, where it is shown to somebody who may not see them; null for the values
 *     themselves
 */
public record Column(
        String name,
        ColumnType type,
        boolean declared,
        @Nullable Unit unit,
        @Nullable String title,
        @Nullable Masked masked) {
    /** What a number counts that is a moment. The names are those of the catalog. */
    public enum Unit {
        /** Seconds since 1970-01-01T00:00:00Z. */
        S,
        /** Milliseconds since 1970-01-01T00:00:00Z. */
        MS,
        /** Microseconds since 1970-01-01T00:00:00Z. */
        US,
        /** Days since noon in Greenwich on 24 November 4714 BC: SQLite's {@code julianday}. */
        JULIAN;

        /** The unit's name in the catalog. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The unit of that {@link #id()}; empty when there is none. */
        public static Optional<Unit> of(String id) {
            return Arrays.stream(values()).filter(unit -> unit.id().equals(id)).findFirst();
        }

        /** The names of all, as messages list them. */
        public static List<String> ids() {
            return Arrays.stream(values()).map(Unit::id).collect(Collectors.toUnmodifiableList());
        }
    }

    /** What stands for the values of a column. The names are those of the catalog. */
    public enum Mask {
        /** Nothing: the column is not there at all. */
        DROP,
        /** Null, in every row. */
        NULL,
        /** A keyed hash: the same for the same value, so that rows can be joined by it. */
        HASH,
        /** The last four characters, of what has more. */
        LAST4;

        /** The mask's name in the catalog and the manifest. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The mask of that {@link #id()}; empty when there is none. */
        public static Optional<Mask> of(String id) {
            return Arrays.stream(values()).filter(mask -> mask.id().equals(id)).findFirst();
        }

        /** Whether nobody learns more from this than from the other. */
        public boolean hides(Mask other) {
            return this == other || this == DROP || this == NULL;
        }
    }

    /**
     * How a column is masked.
     *
     * @param as not {@link Mask#DROP}
     * @param plain the column as it is read
     */
    public record Masked(Mask as, Column plain) {
        public Masked {
            Objects.requireNonNull(plain, "plain");
            if (as == Mask.DROP || plain.masked != null) {
                throw new IllegalArgumentException("column " + plain.name + ": masked as " + as);
            }
        }
    }

    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        if (unit != null && !(declared && type == ColumnType.TIMESTAMP)) {
            throw new IllegalArgumentException("column " + name + ": unit " + unit + " of " + type);
        }
    }

    /** A column with its own values. */
    public Column(String name, ColumnType type, boolean declared, @Nullable Unit unit, @Nullable String title) {
        this(name, type, declared, unit, title, null);
    }

    /** A column whose numbers are no times. */
    public Column(String name, ColumnType type, boolean declared, @Nullable String title) {
        this(name, type, declared, null, title);
    }

    /** This column as text that stands for its values. */
    public Column maskedAs(Mask as) {
        return new Column(name, ColumnType.STRING, false, null, title, new Masked(as, this));
    }
}
