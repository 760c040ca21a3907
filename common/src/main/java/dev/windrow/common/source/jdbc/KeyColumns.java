package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.value.KeyReader;
import dev.windrow.common.source.jdbc.value.KeyValues.Likeness;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The key of a file's rows as its database has it: read from a row, put into a statement, compared. Immutable. */
final class KeyColumns {
    private final List<KeyReader> parts;
    private final int first;
    private final FileErrors errors;

    /** @param first the index of the key's first part in a leg's rows, 1-based */
    KeyColumns(List<KeyReader> parts, int first, FileErrors errors) {
        this.parts = List.copyOf(parts);
        this.first = first;
        this.errors = errors;
    }

    int size() {
        return parts.size();
    }

    /**
     * The index of the column behind the key in a leg's rows, 1-based: even without a key there is one in its place.
     */
    int end() {
        return first + Math.max(1, parts.size());
    }

    /** The key of a leg's row. */
    Object[] read(ResultSet row) throws SQLException, SourceException {
        return read(row, first);
    }

    /** @param at the index of the key's first part in the row, 1-based */
    Object[] read(ResultSet row, int at) throws SQLException, SourceException {
        Object[] values = new Object[parts.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = value(row, at + i, parts.get(i));
            if (value == null) {
                throw errors.nullInKey();
            }
            values[i] = value;
        }
        return values;
    }

    private @Nullable Object value(ResultSet row, int index, KeyReader part) throws SQLException, SourceException {
        try {
            return part.read(row, index);
        } catch (SourceException e) {
            throw errors.unreadableKey(e);
        }
    }

    /** Values of a position as they are read from rows. */
    Object[] restored(Position position) {
        Object[] values = position.values();
        return IntStream.range(0, values.length)
                .mapToObj(part -> parts.get(part).restored(values[part]))
                .toArray();
    }

    void bind(PreparedStatement statement, int index, int part, Object value) throws SQLException {
        parts.get(part).bind(statement, index, value);
    }

    /** Whether two keys are one to the database, as far as that is known without asking it. */
    Likeness compare(Object[] one, Object[] other) {
        Likeness likeness = Likeness.EQUAL;
        for (int part = 0; part < one.length; part++) {
            Likeness found = parts.get(part).compare(one[part], other[part]);
            if (found == Likeness.DIFFERENT) {
                return found;
            }
            likeness = found == Likeness.UNSURE ? found : likeness;
        }
        return likeness;
    }

    /** Whether a key that was read is the same when it is put back. */
    boolean isExact() {
        return parts.stream().allMatch(KeyReader::isExact);
    }
}
