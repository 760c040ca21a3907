package dev.windrow.app.chaos;

import java.util.Locale;

/**
 * Something that goes wrong, and is mended after a while.
 *
 * @param number its place in the plan, from 1
 * @param atMillis when, from the beginning of the plan
 * @param kind what
 * @param node of which process; empty for what all of them have in common
 * @param lastsMillis until it is mended
 */
record Fault(int number, long atMillis, Kind kind, String node, long lastsMillis) {
    /** Where a fault is: two are never at one place at once. */
    enum Place {
        PROCESS,
        DATABASE,
        BUCKET,
        COMMON
    }

    /** What may go wrong. */
    enum Kind {
        /** {@code kill -9}; started again when it is mended. */
        KILL(Place.PROCESS, 200, 8_000),
        /** Killed, and its home is another machine's, empty, when it is started again. */
        LOSE_MACHINE(Place.PROCESS, 200, 8_000),
        /** SIGSTOP, and SIGCONT when it is mended. */
        PAUSE(Place.PROCESS, 5_000, 40_000),
        REFUSE_DATABASE(Place.DATABASE, 1_000, 25_000),
        /** Nothing passes, and nobody is told. */
        SWALLOW_DATABASE(Place.DATABASE, 1_000, 25_000),
        /** The connections of now are silent for good, new ones work. */
        STALL_DATABASE(Place.DATABASE, 20_000, 40_000),
        REFUSE_BUCKET(Place.BUCKET, 1_000, 25_000),
        SWALLOW_BUCKET(Place.BUCKET, 1_000, 25_000),
        STALL_BUCKET(Place.BUCKET, 20_000, 40_000),
        /** 503 SlowDown to some requests. */
        SLOW_DOWN(Place.BUCKET, 2_000, 10_000),
        /** Answers end in the middle. */
        CUT_ANSWERS(Place.BUCKET, 2_000, 10_000),
        RESTART_DATABASE(Place.COMMON, 0, 5_000),
        RESTART_BUCKET(Place.COMMON, 200, 10_000);

        final Place place;
        final int least;
        final int most;

        Kind(Place place, int least, int most) {
            this.place = place;
            this.least = least;
            this.most = most;
        }
    }

    long endMillis() {
        return atMillis + lastsMillis;
    }

    /** The same for faults that can't be at once. */
    String where() {
        return kind.place == Place.COMMON ? kind.name() : node + " " + kind.place;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%3d  %7.1f s  %-16s %-9s %5.1f s", number, atMillis / 1e3, kind, node, lastsMillis / 1e3);
    }
}
