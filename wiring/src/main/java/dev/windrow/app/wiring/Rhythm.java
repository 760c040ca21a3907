package dev.windrow.app.wiring;

import dev.windrow.app.refusal.RefusedStartException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How soon and how often a worker does what nobody asks it for. Clocks decide when work is taken over or removed, never
 * whether a result counts; so a test that starts the product may shorten all of them alike, and proves the same.
 *
 * @param lease how long a claim is believed alive after its last sign of life
 * @param reconcile the pause between two looks for lost runs and for exports that nobody was rung for
 * @param clean the pause between two looks for files that no export owns
 * @param expire the pause between two looks for files whose time is over
 * @param scrub the pause between two slices of stored archives that are read again
 * @param hung how long a run may show no sign of life, as in a slow query, before it is given up
 */
record Rhythm(Duration lease, Duration reconcile, Duration clean, Duration expire, Duration scrub, Duration hung) {
    /**
     * The system property that shortens it, for tests: a share of the product's own, from 0.1 to 1. It is no setting:
     * nothing but the options of Java can set it.
     */
    static final String SHARE = "dev.windrow.rhythm";

    /** A run shows itself four times a second; with less than this it would lose its claim to a pause of the JVM's. */
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    /**
     * A lost worker's export goes on elsewhere within 15 s: the lease, a look, and the ring. Expired files are off the
     * disk well within a minute. Scrubbing reads about 20 MB/s, which leaves a disk to others.
     */
    static final Rhythm PRODUCT = new Rhythm(
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10));

    private static final BigDecimal SMALLEST_SHARE = new BigDecimal("0.1");

    Rhythm {
        if (Stream.of(reconcile, clean, expire, scrub).anyMatch(pause -> pause.toMillis() < 1)) {
            throw new IllegalArgumentException("a sweep without a pause");
        }
        if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(reconcile) <= 0) {
            throw new IllegalArgumentException("lease: " + lease + ", not at least " + SHORTEST_LEASE
                    + " and over the look for lost runs, " + reconcile);
        }
        if (hung.compareTo(lease) <= 0) {
            throw new IllegalArgumentException("hung: " + hung + ", not over the lease of " + lease);
        }
    }

    /** How long workers may take to show themselves after the table was away: half a lease more than one. */
    Duration grace() {
        return lease.plus(lease.dividedBy(2));
    }

    /**
     * The rhythm of a process.
     *
     * @param share the property's value
     * @throws RefusedStartException if it is no share
     */
    static Rhythm of(@Nullable String share) {
        return share == null ? PRODUCT : PRODUCT.times(share(share));
    }

    private static BigDecimal share(String text) {
        BigDecimal share;
        try {
            share = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw refused(text);
        }
        if (share.compareTo(SMALLEST_SHARE) < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw refused(text);
        }
        return share;
    }

    private static RefusedStartException refused(String share) {
        return new RefusedStartException(
                SHARE + ": " + share + " is not a number from 0.1 to 1; it is for tests alone, leave it out.");
    }

    private Rhythm times(BigDecimal share) {
        return new Rhythm(
                times(lease, share),
                times(reconcile, share),
                times(clean, share),
                times(expire, share),
                times(scrub, share),
                times(hung, share));
    }

    private static Duration times(Duration whole, BigDecimal share) {
        return Duration.ofMillis(
                share.multiply(BigDecimal.valueOf(whole.toMillis())).longValue());
    }
}
