package dev.windrow.worker.files;

import dev.windrow.common.artifact.Segments;
import dev.windrow.common.artifact.Segments.Segment;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Checkpoint.Replica;
import dev.windrow.common.export.Checkpoint.Span;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.thread.DaemonThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/*
 * A stretch is handed over whole, from what is kept so far to a checkpoint, and the row learns of it when the last of
 * its segments is durable: so what the row names is always a place to go on from. A segment that could not be kept is
 * tried again as it is, since it may be there nevertheless, and two of one name and different lengths would leave it to
 * chance which is read.
 *
 * The file's local headers are written over what was kept, but only when the run has closed this. A segment that was
 * being kept at that moment may have bytes of both, so it is in no row: whoever closes does not wait for it.
 */

/** One run's segments, kept one after the other by a thread that there is from the first on. */
final class SegmentWriter implements Replication, Runnable {
    private static final Logger log = LoggerFactory.getLogger(SegmentWriter.class);
    /** A longer one is the whole again after a stumble, and holds up the row for longer. */
    private static final long LONGEST = 64L << 20;
    /** S3 takes 10,000 parts: with each at least this share of the file there are never as many segments. */
    private static final long SHARE = 1_000;

    private static final long FIRST_WAIT_MILLIS = 500;
    private static final long LONGEST_WAIT_MILLIS = 15_000;

    private final Segments segments;
    private final Claim claim;
    private final Path file;
    private final long least;
    private final Predicate<Replica> told;
    private final List<Span> inherited;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final @Nullable String export = MDC.get("export");
    /** Guarded by the lock, as are the next three. */
    private @Nullable Checkpoint newest;

    private @Nullable Replica kept;
    private boolean begun;
    private boolean ended;
    /** The thread's own: whether what goes wrong is told already. */
    private boolean troubled;

    /**
     * @param least bytes that a segment has at least
     * @param inherited what is kept of the file's beginning already, by claims before; null for nothing
     * @param told asked to say in the status table what is kept; false when the claim is lost
     */
    SegmentWriter(
            Segments segments,
            Claim claim,
            Path file,
            long least,
            @Nullable Replica inherited,
            Predicate<Replica> told) {
        this.segments = segments;
        this.claim = claim;
        this.file = file;
        this.least = least;
        this.told = told;
        this.kept = inherited;
        this.inherited = inherited == null ? List.of() : inherited.spans();
    }

    @Override
    public void reached(Checkpoint synced) {
        lock.lock();
        try {
            if (ended || !isWorthASegment(synced)) {
                return;
            }
            newest = synced;
            if (begun) {
                changed.signalAll();
            } else {
                begun = true;
                new DaemonThreads("windrow-segments").newThread(this).start();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isWorthASegment(Checkpoint synced) {
        return synced.length() - end(kept) >= leastOf(synced.length());
    }

    private long leastOf(long length) {
        return Math.max(least, length / SHARE);
    }

    private static long end(@Nullable Replica replica) {
        return replica == null ? 0 : replica.checkpoint().length();
    }

    @Override
    public @Nullable Replica kept() {
        lock.lock();
        try {
            return kept;
        } finally {
            lock.unlock();
        }
    }

    /** Whether this has asked for anything to be kept, so that something may be. */
    boolean hasBegun() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The thread: a border, since a run must not end for what happens here. */
    @Override
    public void run() {
        if (export != null) {
            MDC.put("export", export);
        }
        try {
            if (!patiently(this::isFresh)) {
                return;
            }
            for (Checkpoint next = awaitNext(); next != null; next = awaitNext()) {
                if (!keep(next)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it but to end it.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("a defect: nothing more is kept of this run but on this disk", e);
        }
    }

    /**
     * Who has kept segments under this name was a claim of the same number in a status table that an older one has
     * taken the place of since. They are left to a person, and nothing is put between them.
     */
    private boolean isFresh() throws IOException {
        boolean fresh = segments.of(claim.fileName()).isEmpty();
        if (!fresh) {
            log.warn(
                    "there are segments of {} from before its claim: nothing is kept of this run but on this disk",
                    claim.fileName());
        }
        return fresh;
    }

    private @Nullable Checkpoint awaitNext() throws InterruptedException {
        lock.lock();
        try {
            while (!ended) {
                Checkpoint next = newest;
                if (next != null && isWorthASegment(next)) {
                    return next;
                }
                changed.await();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Everything up to there; false when the run needs it no more. */
    private boolean keep(Checkpoint next) throws InterruptedException {
        long from = end(kept());
        for (Segment segment : cut(from, next.length())) {
            if (!patiently(() -> {
                segments.keep(segment, file);
                return true;
            })) {
                return false;
            }
        }
        List<Span> spans = new ArrayList<>(inherited);
        spans.add(new Span(claim.number(), next.length()));
        Replica replica = new Replica(next, spans);
        return patiently(() -> told.test(replica)) && remember(replica);
    }

    private boolean remember(Replica replica) {
        lock.lock();
        try {
            kept = replica;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Segments of about one length: the last must not be short either, since more come after it. */
    private List<Segment> cut(long from, long to) {
        long longest = Math.max(LONGEST, leastOf(to));
        long pieces = (to - from + longest - 1) / longest;
        List<Segment> cut = new ArrayList<>();
        long begin = from;
        for (long piece = 1; piece <= pieces; piece++) {
            long end = from + (to - from) * piece / pieces;
            cut.add(new Segment(claim.fileName(), begin, end - begin));
            begin = end;
        }
        return cut;
    }

    private interface Step {
        /** False: it is no use to go on. */
        boolean take() throws IOException;
    }

    /** Takes a step until it is done; false when that is no use, or the run has closed this meanwhile. */
    private boolean patiently(Step step) throws InterruptedException {
        long wait = FIRST_WAIT_MILLIS;
        while (true) {
            try {
                boolean done = step.take();
                tellIfOver();
                // What was kept while the run closed this may be of a file that was changed by then.
                return done && !isEnded();
            } catch (IOException | ExportsUnavailableException e) {
                tell(e);
            }
            if (awaitEnd(wait)) {
                return false;
            }
            wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
        }
    }

    private boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitEnd(long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private void tell(Exception cause) {
        if (!troubled) {
            troubled = true;
            log.warn(
                    "segments are not kept, so the run goes on on this disk alone; they are tried again: {}",
                    cause.toString());
        }
    }

    private void tellIfOver() {
        if (troubled) {
            troubled = false;
            log.info("segments are kept again");
        }
    }
}
