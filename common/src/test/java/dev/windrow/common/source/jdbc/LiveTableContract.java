package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table that is long, that others use, and that is altered between two legs. */
abstract class LiveTableContract extends DatabaseContract {
    /** Keys are multiples of one number by a greater prime: all different, and in no order. */
    private static final long FACTOR = 736_338_717;

    private static final long PRIME = 1_000_000_007;

    /** Locks the items for others, until it is closed. None of our connections is open. */
    abstract AutoCloseable lock() throws Exception;

    /** Makes a table of random keys, and halves that have many each. */
    final void makeMany(int rows) throws SQLException {
        run(
                "create table many(k bigint primary key, half bigint not null)",
                "insert into many select n * " + FACTOR + " % " + PRIME + ", n % 2 from "
                        + database().numbers(rows) + " x");
    }

    private static long[] keys(int rows) {
        return LongStream.rangeClosed(1, rows)
                .map(n -> n * FACTOR % PRIME)
                .sorted()
                .toArray();
    }

    /** How many random keys it must sort. */
    int many() {
        return 1_000_000;
    }

    @Tag("slow")
    @Timeout(300)
    @Test
    void givesEachOfManyRandomKeysOnce() throws Exception {
        long[] expected = keys(many());
        makeMany(expected.length);
        int given = 0;
        try (RowReader reader = rows.open(Selections.of(source(), "select * from many", "k", "k"))) {
            String bound = last(reader);
            String position = null;
            RecordedRows row = new RecordedRows();
            boolean last = false;
            while (!last) {
                try (RowReader.Leg leg = reader.read(position, bound)) {
                    while (leg.next()) {
                        leg.copyTo(row);
                        assertThat(row.rows.remove(0)).isEqualTo(List.of(expected[given++]));
                    }
                    last = leg.isLast();
                    position = leg.position();
                }
            }
            assertThat(reader.count(bound)).hasValue(expected.length);
        }
        assertThat(given).isEqualTo(expected.length);
    }

    @Test
    void holdsNoWriterUpAndSeesOneStateWhileALegIsOpen() throws Exception {
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, "id", "id, name"))) {
            String bound = last(reader);
            try (RowReader.Leg leg = reader.read(null, bound)) {
                assertThat(leg.next()).isTrue();
                run(
                        "insert into items values (-1, 0, 'before', null)",
                        "delete from items where id > 10",
                        "update items set name = 'changed'");
                RecordedRows seen = new RecordedRows();
                while (leg.next()) {
                    leg.copyTo(seen);
                }
                assertThat(seen.rows).hasSize(ROWS - 1).noneMatch(row -> Objects.equals(row.get(1), "changed"));
                assertThat(leg.isLast()).isTrue();
            }
        }
        assertThat(inOrder(ITEMS, "id", "id, name")).hasSize(12).allMatch(row -> "changed".equals(row.get(1)));
    }

    @Test
    void tellsThatTheSourceIsLockedAndGoesOnOnceItIsNot() throws Exception {
        RowSelection selection = Selections.of(source(), ITEMS, "id", "id");
        String bound;
        String position;
        try (RowReader reader = rows.open(selection)) {
            bound = last(reader);
            position = Selections.positionAfter(reader, bound, 10);
        }
        connections.forget(source());
        try (AutoCloseable lock = lock();
                SourceConnections impatient = new SourceConnections(20);
                RowReader reader = new JdbcRowSource(impatient).open(selection)) {
            SourceException refused = refused(() -> reader.read(position, bound).next());
            assertThat(refused.kind()).as(lock + ": " + refused).isEqualTo(Kind.UNAVAILABLE);
            assertThat(refused.detail()).startsWith("The source");
        }
        try (RowReader reader = rows.open(selection)) {
            assertThat(Selections.readFrom(reader, position, bound, 7)).hasSize(ROWS - 10);
        }
    }

    /** What an export needs no more fails it; anything else is read as it is by then. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            false | alter table items drop column name
            false | alter table items rename column name to title
            false | alter table items rename column id to number
            false | alter table items rename to things
            true  | alter table items drop column note
            true  | alter table items rename column note to remark
            true  | alter table items add column size integer
            """)
    void readsTheNewSchemaOrFailsWhereItLacksWhatIsRead(boolean reads, String change) throws Exception {
        List<List<@Nullable Object>> expected = inOrder(ITEMS, "id", "id, name");
        try (RowReader reader = rows.open(Selections.of(source(), ITEMS, "id", "id, name"))) {
            String bound = last(reader);
            String position = Selections.positionAfter(reader, bound, 10);
            run(change);
            if (reads) {
                assertThat(Selections.readFrom(reader, position, bound, 7)).isEqualTo(expected.subList(10, ROWS));
            } else {
                SourceException refused = refused(() -> Selections.readFrom(reader, position, bound, 7));
                assertThat(refused.kind()).isEqualTo(Kind.QUERY);
                assertThat(refused.detail()).isEqualTo("The source database refused the query of file readings.");
            }
        }
    }
}
