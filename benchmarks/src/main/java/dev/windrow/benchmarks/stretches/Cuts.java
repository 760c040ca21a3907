package dev.windrow.benchmarks.stretches;

import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.connect.Dialect;
import dev.windrow.common.source.jdbc.connect.LentConnection;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.sql.Bindings;
import dev.windrow.common.source.jdbc.sql.KeySql;
import dev.windrow.common.source.jdbc.sql.KeySql.Entry;
import dev.windrow.common.source.jdbc.sql.KeySql.Slot;
import dev.windrow.common.source.jdbc.sql.KeysetSql;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Marks;
import dev.windrow.common.source.jdbc.sql.KeysetSql.Statement;
import dev.windrow.common.source.jdbc.sql.NamedSql;
import dev.windrow.common.source.jdbc.sql.Names;
import dev.windrow.common.source.jdbc.value.KeyReader;
import dev.windrow.common.source.jdbc.value.KeyValues;
import dev.windrow.worker.archive.BlockRule;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds where a file can be cut. A walk over the keys in their order, by the statement that counts a file in stretches,
 * gives the key nearest to each equal part of the rows; from there on keys are read and hashed, of which about every
 * 65,536th is a border.
 *
 * <p>The rows themselves are not read where an index has all that the query asks of them. Where the cuts are makes no
 * difference to any byte, so they need not be exact, nor the same the next time.
 */
public final class Cuts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Half the rows between two borders: so the next one is as likely before an equal part's end as behind it. */
    private static final int HEAD_START = 1 << 15;

    private final SourceConnections connections;
    private final RowSelection keys;
    private final String bound;
    private double quantileSeconds;
    private double borderSeconds;

    /** @param bound the position of the export's last row */
    public Cuts(SourceConnections connections, Input input, String bound) {
        this.connections = connections;
        RowSelection whole = input.selection();
        this.keys = new RowSelection(whole.source(), whole.file(), List.of(), whole.parameters());
        this.bound = bound;
    }

    /** Seconds that the walks to the equal parts took. */
    public double quantileSeconds() {
        return quantileSeconds;
    }

    /** Seconds that it took to go on from there to the next borders. */
    public double borderSeconds() {
        return borderSeconds;
    }

    /**
     * Stretches of about equal numbers of rows; fewer where two would have one border.
     *
     * @param rows of the export, about
     */
    public List<Stretch> stretches(long rows, int most) throws IOException, SourceException {
        List<Stretch> stretches = new ArrayList<>();
        String after = null;
        for (String part : parts(rows, most)) {
            long began = System.nanoTime();
            String border = borderFrom(part);
            borderSeconds += (System.nanoTime() - began) / 1e9;
            if (border != null && !border.equals(after)) {
                stretches.add(new Stretch(after, border, false));
                after = border;
            }
        }
        stretches.add(new Stretch(after, bound, true));
        return stretches;
    }

    /** The positions of rows a little before the ends of equal parts. */
    private List<String> parts(long rows, int most) throws IOException, SourceException {
        long began = System.nanoTime();
        List<String> parts = new ArrayList<>();
        try (LentConnection connection = connections.lend(keys.source())) {
            Walk walk = new Walk(connection, keys, bound);
            Object[] from = null;
            for (int i = 1; i < most; i++) {
                long step = rows / most - (i == 1 ? HEAD_START : 0);
                from = walk.further(from, (int) Math.min(Integer.MAX_VALUE, Math.max(1, step)));
                if (from == null) {
                    break;
                }
                parts.add(position(keys.file().key(), from));
            }
            connection.endTransaction();
        } catch (SQLException e) {
            throw new IOException(e);
        }
        quantileSeconds += (System.nanoTime() - began) / 1e9;
        return parts;
    }

    /** The first border behind a row; null where the rows end before. */
    private @Nullable String borderFrom(String position) throws SourceException {
        String after = position;
        try (RowReader reader = new JdbcRowSource(connections).open(keys)) {
            while (true) {
                try (RowReader.Leg leg = reader.read(after, bound)) {
                    while (leg.next()) {
                        // A row that ends a block whatever was before it is a border.
                        if (BlockRule.endsAfter(true, leg.keyHash(), 1, 0)) {
                            String border = leg.position();
                            return border.equals(bound) ? null : border;
                        }
                    }
                    if (leg.isLast()) {
                        return null;
                    }
                    after = leg.position();
                }
            }
        }
    }

    private record Position(List<String> key, List<String> at) {}

    /** As readers write it; within the product this would be theirs to write. */
    private static String position(List<KeyPart> key, Object[] values) {
        List<String> words = key.stream()
                .map(part -> part.descending() ? part.column() + " desc" : part.column())
                .toList();
        return JSON.writeValueAsString(
                new Position(words, Arrays.stream(values).map(KeyValues::write).toList()));
    }

    /** Walks over keys in their order. */
    private static final class Walk {
        private final LentConnection connection;
        private final KeysetSql sql;
        private final List<KeyReader> readers;
        private final List<Object> parameters;
        private final Object[] bound;

        Walk(LentConnection connection, RowSelection keys, String bound) throws SQLException, IOException {
            this.connection = connection;
            DatasetFile file = keys.file();
            Dialect dialect = connection.dialect();
            NamedSql.Bound query =
                    NamedSql.parse(file.query(), dialect).bind(keys.parameters().sql());
            this.parameters = query.values();
            List<String> untyped = Collections.nCopies(file.key().size(), "?");
            KeySql key = new KeySql(file.key(), untyped, Names.of(connection), dialect);
            KeysetSql any = new KeysetSql(query.sql(), List.of(), key, Marks.NONE, Entry.PLAIN);
            this.readers = readers(any, file.key().size());
            KeySql typed = key.with(readers.stream().map(KeyReader::placeholder).toList());
            KeysetSql plain = new KeysetSql(query.sql(), List.of(), typed, Marks.NONE, Entry.PLAIN);
            this.sql = dialect == Dialect.SQLITE ? plain.entering(connection.connection(), parameters.size()) : plain;
            if (sql.entry() == Entry.UNINDEXED) {
                throw new IOException("no index is entered");
            }
            this.bound = Objects.requireNonNull(JSON.readValue(bound, Position.class)).at.stream()
                    .map(KeyValues::read)
                    .toArray();
        }

        private List<KeyReader> readers(KeysetSql any, int parts) throws SQLException {
            if (connection.dialect() == Dialect.SQLITE) {
                return Collections.nCopies(parts, new KeyReader.Sqlite());
            }
            List<KeyReader> known = new ArrayList<>();
            try (PreparedStatement statement = connection.prepare(any.anyRow(), 1)) {
                Bindings.bind(statement, 1, parameters, connection.dialect());
                for (int i = 1; i <= parts; i++) {
                    known.add(KeyReader.of(
                            connection.dialect(), statement.getMetaData(), i, connection.takesTextsAsTheyAre()));
                }
            }
            return known;
        }

        /** The key so many rows on; null where that is behind the bound. */
        Object @Nullable [] further(Object @Nullable [] from, int rows) throws SQLException, SourceException {
            Statement further = sql.further(from != null, rows);
            try (PreparedStatement statement = connection.prepare(further.sql(), 1)) {
                int index = bind(statement, 1, further.before(), from);
                index = Bindings.bind(statement, index, parameters, connection.dialect());
                bind(statement, index, further.after(), from);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next() && row.getBoolean(readers.size() + 1) ? read(row) : null;
                }
            }
        }

        private Object[] read(ResultSet row) throws SQLException, SourceException {
            Object[] values = new Object[readers.size()];
            for (int i = 0; i < values.length; i++) {
                Object value = readers.get(i).read(row, i + 1);
                if (value == null) {
                    throw new SourceException(SourceException.Kind.QUERY, "A key holds null.");
                }
                values[i] = value;
            }
            return values;
        }

        private int bind(PreparedStatement statement, int first, List<Slot> slots, Object @Nullable [] from)
                throws SQLException {
            int index = first;
            for (Slot slot : slots) {
                Object[] values = slot.of() == 0 || from == null ? bound : from;
                readers.get(slot.part()).bind(statement, index++, values[slot.part()]);
            }
            return index;
        }
    }
}
