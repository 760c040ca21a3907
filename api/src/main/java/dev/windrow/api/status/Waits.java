package dev.windrow.api.status;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Holds answers until an export changes. However many wait, one thread looks for them all, each export once a turn, and rests for a
 * tenth of a second between turns. When the service stops, everybody is answered at once: a held answer must not hold up a shutdown,
 * so this stops before the web server does.
 */
public final class Waits implements SmartLifecycle {
    private static final long REST_MILLIS = 100;
    private static final long GRACE_MILLIS = 10_000;
    private static final int MOST = 2_000;

    private final Exports exports;
    private final ExportJson json;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ScheduledExecutorService thread;

    public Waits(Exports exports, ExportJson json) {
        this.exports = exports;
        this.json = json;
    }

    /** What somebody waits for. */
    record Watched(ExportId id, String owner) {}

    /** Whether one more may wait. A preference may be left unheeded (RFC 7240, section 2), and here it is when too many wait. */
    boolean hasRoom() {
        return isRunning() && held() < MOST;
    }

    /** How many wait now. */
    int held() {
        return waiters.size();
    }

    /** Holds an answer until the export differs from {@code arrival}, or from what the caller has, or the time is up. */
    DeferredResult<ResponseEntity<byte[]>> hold(
            Watched watched, Snapshot arrival, List<String> ifNoneMatch, int seconds) {
        long millis = TimeUnit.SECONDS.toMillis(seconds);
        Waiter waiter = new Waiter(
                watched,
                arrival,
                ifNoneMatch,
                seconds,
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis),
                new DeferredResult<>(millis + GRACE_MILLIS));
        waiter.result().onCompletion(() -> waiters.remove(waiter));
        waiters.add(waiter);
        if (!isRunning()) {
            turn();
        }
        return waiter.result();
    }

    /** Looks once at everything that is waited for. */
    private void turn() {
        Map<Watched, List<Waiter>> byExport = waiters.stream().collect(Collectors.groupingBy(Waiter::watched));
        byExport.forEach(this::look);
    }

    /** A border: whatever goes wrong is the answer of those who wait, and the thread goes on for the others. */
    private void look(Watched watched, List<Waiter> waiting) {
        try {
            Optional<Export> export = exports.find(watched.id(), watched.owner());
            if (export.isEmpty()) {
                waiting.forEach(waiter -> end(waiter, ProblemException.noSuchExport()));
                return;
            }
            Snapshot now = new Snapshot(export.get(), json);
            waiting.stream()
                    .filter(waiter -> !isRunning() || waiter.isOver(now))
                    .forEach(waiter -> end(waiter, now));
        } catch (RuntimeException e) {
            waiting.forEach(waiter -> end(waiter, e));
        }
    }

    private void end(Waiter waiter, Snapshot now) {
        waiters.remove(waiter);
        waiter.result().setResult(now.answer(waiter.ifNoneMatch(), OptionalInt.of(waiter.seconds())));
    }

    private void end(Waiter waiter, RuntimeException e) {
        waiters.remove(waiter);
        waiter.result().setErrorResult(e);
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread worker = new Thread(task, "held-answers");
            worker.setDaemon(true);
            return worker;
        });
        var unused = started.scheduleWithFixedDelay(this::turn, REST_MILLIS, REST_MILLIS, TimeUnit.MILLISECONDS);
        thread = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService stopped = thread;
        thread = null;
        if (stopped != null) {
            stopped.shutdown();
        }
        turn();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Stops first of all, see {@link #stop}. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private record Waiter(
            Watched watched,
            Snapshot arrival,
            List<String> ifNoneMatch,
            int seconds,
            long deadlineNanos,
            DeferredResult<ResponseEntity<byte[]>> result) {
        boolean isOver(Snapshot now) {
            return deadlineNanos - System.nanoTime() <= 0 || now.endsWait(arrival, ifNoneMatch);
        }
    }
}
