package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.SourceException.Kind;
import dev.windrow.common.source.jdbc.connect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports of random cases against the database's own {@code order by}. {@code -Dwindrow.order.seed} is the first case's
 * seed, so that a case that failed comes first again, or {@code random}; without it the cases are always the same.
 * {@code -Dwindrow.order.seconds} is how long each test goes on.
 */
abstract class OrderContract {
    private static final Logger log = LoggerFactory.getLogger(OrderContract.class);
    private static final int SECONDS = 10;
    private static final String SEED = "20261128";
    /** Of the usual run, so that a fast machine does not come to cases that no other has seen. */
    private static final int CASES = 300;

    private static final int MANY_ROWS = 50;

    /** A new database for a case, or one without its tables. */
    abstract TestDatabase database(Random random) throws Exception;

    abstract OrderCase.Maker cases();

    @FunctionalInterface
    private interface Property {
        void check(Random random) throws Exception;
    }

    @Test
    void givesEveryRowOnceInTheDatabasesOrderOrNamesTheKey() {
        check(this::exportsWhatIsThere);
    }

    @Test
    void givesEveryRowThatStaysWhileOthersComeAndGo() {
        check(this::exportsWhatStays);
    }

    private static void check(Property property) {
        String asked = System.getProperty("windrow.order.seed", SEED);
        long seed = asked.equals("random") ? new Random().nextLong() : Long.parseLong(asked);
        Integer seconds = Integer.getInteger("windrow.order.seconds");
        int most = seconds == null ? CASES : Integer.MAX_VALUE;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds == null ? SECONDS : seconds);
        Random seeds = new Random(seed);
        int cases = 0;
        for (long next = seed; cases == 0 || cases < most && System.nanoTime() < end; next = seeds.nextLong()) {
            long of = next;
            assertThatCode(() -> property.check(new Random(of)))
                    .as("-Dwindrow.order.seed=%s", of)
                    .doesNotThrowAnyException();
            cases++;
        }
        log.info("{} cases of -Dwindrow.order.seed={}", cases, seed);
    }

    void exportsWhatIsThere(Random random) throws Exception {
        TestDatabase database = database(random);
        OrderCase asked = cases().next(random);
        OrderOracle expected = fill(database, asked, random, random.nextInt(4) > 0, new HashMap<>());
        OrderTrial trial = new OrderTrial(database, asked, random, null);
        if (expected.isKey()) {
            assertThatCode(trial::run).as("%s", asked).doesNotThrowAnyException();
            assertThat(trial.rows()).as("%s", asked).isEqualTo(expected.rows());
            assertThat(trial.counted())
                    .as("count of %s", asked)
                    .hasValue(expected.rows().size());
            OrderTrial again = new OrderTrial(database, asked, random, null);
            again.run();
            assertThat(again.rows()).as("again %s", asked).isEqualTo(expected.rows());
            if (asked.keepsRows()) {
                assertThat(again.hashes()).as("hashes %s", asked).isEqualTo(trial.hashes());
            }
        } else {
            SourceException refused = catchThrowableOfType(SourceException.class, trial::run);
            assertThat(refused).as("%s", asked).isNotNull();
            assertThat(refused.kind()).as("%s", asked).isIn(Kind.QUERY, Kind.ROWS_LOST);
            assertThat(refused.detail()).as("%s", asked).contains("key (");
        }
    }

    void exportsWhatStays(Random random) throws Exception {
        TestDatabase database = database(random);
        OrderCase asked = cases().next(random);
        while (!asked.keepsRows()) {
            asked = cases().next(random);
        }
        OrderCase changed = asked;
        Map<Long, String> inserts = new HashMap<>();
        OrderOracle before = fill(database, changed, random, true, inserts);
        if (random.nextInt(5) == 0) {
            exportsSnapshot(database, before, inserts, random);
            return;
        }
        try (OrderChanges changes = new OrderChanges(changed, before, inserts, database, random)) {
            OrderTrial trial = new OrderTrial(database, changed, random, changes);
            assertThatCode(trial::run).as("%s%n%s", changed, changes.log).doesNotThrowAnyException();
            int id = changed.columns().indexOf("id");
            assertThat(staying(trial.rows(), id, before, changes))
                    .as("%s%n%s", changed, changes.log)
                    .isEqualTo(staying(before.rows(), id, before, changes));
            Set<Object> seen = new HashSet<>();
            assertThat(trial.rows())
                    .as("%s%n%s", changed, changes.log)
                    .allMatch(row -> changes.moved().contains(row.get(id)) || seen.add(String.valueOf(row.get(id))));
        }
    }

    private static void exportsSnapshot(
            TestDatabase database, OrderOracle before, Map<Long, String> inserts, Random random) throws Exception {
        OrderCase asked = before.asked();
        try (OrderChanges changes = new OrderChanges(asked, before, inserts, database, random)) {
            OrderTrial trial = new OrderTrial(database, asked, random, changes);
            if (trial.runInSnapshot()) {
                assertThat(trial.rows())
                        .as("snapshot of %s%n%s", asked, changes.log)
                        .isEqualTo(before.rows());
            }
        }
    }

    /** Rows that were there at the beginning, and that nobody touched. */
    private static List<List<@Nullable Object>> staying(
            List<List<@Nullable Object>> rows, int id, OrderOracle before, OrderChanges changes) {
        Set<Object> known = new HashSet<>();
        before.rows().forEach(row -> known.add(String.valueOf(row.get(id))));
        return rows.stream()
                .filter(row -> known.contains(String.valueOf(row.get(id))))
                .filter(row -> !changes.touched().contains(row.get(id)))
                .toList();
    }

    /**
     * @param asKey whether the rows are to have keys as they must be
     * @param inserts takes what made each row, by its id
     */
    private static OrderOracle fill(
            TestDatabase database, OrderCase asked, Random random, boolean asKey, Map<Long, String> inserts)
            throws SQLException {
        try (Connection connection = writer(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : asked.setup()) {
                statement.execute(sql);
            }
            for (RandomTable table : asked.tables()) {
                int rows = random.nextInt(MANY_ROWS);
                for (int i = 0; i < rows; i++) {
                    String insert = table.insert(table.firstId() + i, random);
                    statement.execute(insert);
                    inserts.put(table.firstId() + i, insert);
                }
            }
            if (asKey) {
                OrderOracle.makeKey(asked, statement);
            }
            connection.commit();
            connection.setAutoCommit(true);
            if (random.nextInt(3) == 0) {
                statement.execute("analyze");
            }
            return OrderOracle.of(asked, connection);
        }
    }

    /** A connection that neither waits for readers, which are of the same thread, nor for the disk. */
    static Connection writer(TestDatabase database) throws SQLException {
        Connection connection = database.connect();
        if (Dialect.of(database.source().url()) == Dialect.SQLITE) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma busy_timeout = 0");
                statement.execute("pragma synchronous = off");
            }
        }
        return connection;
    }
}
