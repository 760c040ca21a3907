package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.Snapshot;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.connect.LegLimits;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One export by legs of random lengths, by one reader or several. */
final class OrderTrial {
    private static final int MANY_ROWS = 2_000;
    private static final LegLimits SHORT = new LegLimits(Duration.ZERO, Duration.ofNanos(1));

    private final TestDatabase database;
    private final OrderCase exported;
    private final Random random;
    private final @Nullable OrderChanges changes;
    private final RecordedRows given = new RecordedRows();
    private final List<Integer> hashes = new ArrayList<>();
    private OptionalLong counted = OptionalLong.empty();

    /** @param changes what happens meanwhile; null for nothing */
    OrderTrial(TestDatabase database, OrderCase exported, Random random, @Nullable OrderChanges changes) {
        this.database = database;
        this.exported = exported;
        this.random = random;
        this.changes = changes;
    }

    /** The rows that were given, in their order. */
    List<List<@Nullable Object>> rows() {
        return given.rows;
    }

    /** The number of rows, as the reader counted them at the start. */
    OptionalLong counted() {
        return counted;
    }

    /** The hashes of their keys. */
    List<Integer> hashes() {
        return hashes;
    }

    /** The row's id that was given last; null before the first. */
    private @Nullable Long lastId() {
        int id = exported.columns().indexOf("id");
        return given.rows.isEmpty() || id < 0
                ? null
                : (Long) given.rows.get(given.rows.size() - 1).get(id);
    }

    void run() throws SourceException, SQLException {
        try (SourceConnections connections = connections()) {
            String bound;
            try (RowReader reader = open(connections)) {
                bound = reader.lastPosition();
                counted = bound == null ? OptionalLong.of(0) : reader.count(bound);
            }
            String position = null;
            boolean last = bound == null;
            while (!last) {
                try (RowReader reader = open(connections)) {
                    for (int legs = random.nextInt(8); legs >= 0 && !last; legs--) {
                        change();
                        try (RowReader.Leg leg = reader.read(position, String.valueOf(bound))) {
                            position = readSome(leg, position);
                            last = leg.isLast();
                        }
                    }
                }
            }
        }
    }

    private SourceConnections connections() {
        LegLimits limits = random.nextInt(4) == 0 ? SHORT : LegLimits.FREE;
        return new SourceConnections(5_000, limits, limits);
    }

    /**
     * All rows as they are now, whatever happens meanwhile.
     *
     * @return false where the source has no snapshots
     */
    boolean runInSnapshot() throws SourceException, SQLException {
        try (SourceConnections connections = connections();
                Snapshot snapshot = snapshot(connections)) {
            if (snapshot == null) {
                return false;
            }
            try (RowReader reader = snapshot.open(selection())) {
                change();
                String bound = reader.lastPosition();
                if (bound != null) {
                    readAll(reader, bound);
                }
            }
        }
        return true;
    }

    private @Nullable Snapshot snapshot(SourceConnections connections) throws SourceException {
        try {
            return new JdbcRowSource(connections).snapshot(database.source());
        } catch (SourceException e) {
            assertThat(e.kind()).isEqualTo(SourceException.Kind.QUERY);
            return null;
        }
    }

    private void readAll(RowReader reader, String bound) throws SourceException, SQLException {
        try (RowReader.Leg leg = reader.read(null, bound)) {
            while (leg.next()) {
                leg.copyTo(given);
                change();
            }
            assertThat(leg.isLast()).isTrue();
        }
    }

    private RowReader open(SourceConnections connections) {
        return new JdbcRowSource(connections).open(selection());
    }

    private RowSelection selection() {
        return Selections.of(
                database.source(),
                exported.query(),
                exported.key(),
                String.join(", ", exported.columns()),
                exported.parameters());
    }

    private @Nullable String readSome(RowReader.Leg leg, @Nullable String from) throws SourceException, SQLException {
        int legRows = 1 + random.nextInt(random.nextBoolean() ? 4 : 60);
        int taken = 0;
        while (taken < legRows && leg.next()) {
            leg.copyTo(given);
            hashes.add(leg.keyHash());
            taken++;
            assertThat(given.rows).as("rows of an export without end").hasSizeLessThan(MANY_ROWS);
            if (random.nextInt(8) == 0) {
                leg.pause();
            }
            if (random.nextInt(3) == 0) {
                change();
            }
        }
        return taken == 0 ? from : leg.position();
    }

    private void change() throws SQLException {
        if (changes != null && random.nextInt(2) == 0) {
            changes.happen(lastId());
        }
    }
}
