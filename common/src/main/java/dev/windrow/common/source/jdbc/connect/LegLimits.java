package dev.windrow.common.source.jdbc.connect;

import java.time.Duration;

/**
 * How long a leg of a source's rows may be open.
 *
 * @param usual how long a leg goes on
 * @param longest how long where its entry took long
 */
public record LegLimits(Duration usual, Duration longest) {
    /** How many times as long as it took to the first row a leg goes on at least: so entering costs a tenth at most. */
    private static final int ENTRIES = 10;

    /** Where readers hold nobody up. */
    public static final LegLimits FREE = new LegLimits(Duration.ofSeconds(2), Duration.ofSeconds(60));
    /** Where a writer waits for every reader: a SQLite file with a rollback journal. */
    static final LegLimits HOLDING = new LegLimits(Duration.ofMillis(50), Duration.ofSeconds(1));

    /**
     * About what a row costs to be read and written, and to be walked over or sorted; of small rows on a machine of
     * today.
     */
    private static final long NANOS_TO_WRITE = 1_000;

    private static final long NANOS_TO_ENTER = 300;

    /** How often an export enters a query that goes over so many rows each time, in words. */
    public String entries(long rows) {
        long legs = 1 + rows * NANOS_TO_WRITE / nanosAfter(rows * NANOS_TO_ENTER);
        return legs == 1 ? ": about one entry per export" : ": about " + legs + " entries per export";
    }

    /** From the first row on. */
    public long nanosAfter(long entryNanos) {
        return Math.min(longest.toNanos(), Math.max(usual.toNanos(), ENTRIES * entryNanos));
    }
}
