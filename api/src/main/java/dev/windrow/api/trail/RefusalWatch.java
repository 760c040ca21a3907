package dev.windrow.api.trail;

import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.audit.Subject;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.thread.DaemonThreads;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has rows written for what callers have no right to. Whether an export that was not found is somebody else's is looked
 * up here, past the answer and by another thread: for what is not there the answer comes neither sooner nor later.
 * Safe for use by many threads; whoever makes it closes it.
 */
final class RefusalWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RefusalWatch.class);
    private static final int MOST_WAITING = 1_000;

    private final Trail trail;
    private final Exports exports;
    private final Clock clock;
    private final RefusalSample sample = new RefusalSample();
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, new DaemonThreads("refusals"));

    RefusalWatch(Trail trail, Exports exports, Clock clock) {
        this.trail = trail;
        this.exports = exports;
        this.clock = clock;
        // What was left out before a quiet time is told in it.
        var unused = thread.scheduleWithFixedDelay(this::turn, 1, 1, TimeUnit.MINUTES);
    }

    /** A request that was answered 403, or 404 for what is known to be there. */
    void refused(Actor actor, ProblemType type, Subject subject) {
        later(() -> tell(actor, type, subject));
    }

    /** A request that was answered 404 and named an export. */
    void notFound(Actor actor, ExportId id) {
        later(() -> {
            Optional<Export> there = exports.find(id);
            if (there.isPresent() && !Objects.equals(there.get().owner(), actor.principal())) {
                tell(actor, ProblemType.NOT_FOUND, Subjects.of(there.get()));
            }
        });
    }

    private void later(Runnable look) {
        if (!room.tryAcquire()) {
            sample.leaveOut();
            return;
        }
        thread.execute(() -> {
            try {
                look.run();
            } catch (ExportsUnavailableException e) {
                sample.leaveOut();
                log.debug("a refusal can't be looked up", e);
            } finally {
                room.release();
            }
        });
    }

    private void tell(Actor actor, ProblemType type, Subject subject) {
        turn();
        if (sample.take(actor.address())) {
            trail.later(actor, Action.REFUSAL, subject, Amount.NONE, word(type));
        }
    }

    private void turn() {
        long leftOut = sample.turn(clock.instant());
        if (leftOut > 0) {
            trail.later(Actor.NOBODY, Action.REFUSAL, Subject.NONE, Amount.NONE, leftOut + " left out");
        }
    }

    private static String word(@Nullable ProblemType type) {
        return type == ProblemType.NOT_FOUND ? "not-found" : "forbidden";
    }

    /** What still waits is done first, for some seconds. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                log.debug("refusals still wait for the database");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
