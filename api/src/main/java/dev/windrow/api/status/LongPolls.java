package dev.windrow.api.status;

import dev.windrow.api.access.Places;
import dev.windrow.api.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/** Long polls: answers that are held until an export changes. They hold no thread. Safe for use by many threads. */
final class LongPolls {
    private static final long GRACE_MILLIS = 10_000;
    private static final int MOST_OF_ONE = 20;
    private static final int MOST = 2_000;

    private final Watch watch;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final Places places = new Places("waits", "requests that wait for changes", MOST_OF_ONE, MOST);

    LongPolls(Watch watch) {
        this.watch = watch;
    }

    /**
     * Whether one more may wait. A preference may be left unheeded (RFC 7240, section 2), and here it is when very many
     * wait.
     */
    boolean hasRoom() {
        return watch.isRunning() && !places.isFull();
    }

    /** How many wait now. */
    int held() {
        return places.taken();
    }

    /**
     * Holds an answer until the export differs from {@code arrival}, or from what the caller has, or the time is up.
     * Ends the request of a caller who has many held already. One whose reader is gone is held until then, too: nothing
     * tells us before we write.
     */
    DeferredResult<ResponseEntity<byte[]>> hold(
            Watch.Watched watched, Snapshot arrival, List<String> ifNoneMatch, int seconds) {
        places.take(watched.caller());
        Waiter waiter = new Waiter(watched, arrival, ifNoneMatch, seconds);
        waiters.add(waiter);
        waiter.result.onCompletion(() -> forget(waiter));
        watch.add(waiter);
        return waiter.result;
    }

    private void forget(Waiter waiter) {
        if (waiters.remove(waiter)) {
            places.giveBack(waiter.watched.caller());
        }
        watch.remove(waiter);
    }

    private final class Waiter implements Watch.Watcher {
        private final Watch.Watched watched;
        private final Snapshot arrival;
        private final List<String> ifNoneMatch;
        private final int seconds;
        private final long deadlineNanos;
        private final DeferredResult<ResponseEntity<byte[]>> result;

        Waiter(Watch.Watched watched, Snapshot arrival, List<String> ifNoneMatch, int seconds) {
            this.watched = watched;
            this.arrival = arrival;
            this.ifNoneMatch = ifNoneMatch;
            this.seconds = seconds;
            this.deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            this.result = new DeferredResult<>(TimeUnit.SECONDS.toMillis(seconds) + GRACE_MILLIS);
        }

        @Override
        public Watch.Watched watched() {
            return watched;
        }

        @Override
        public void see(Optional<Snapshot> now, boolean last) {
            if (now.isEmpty()) {
                fail(ProblemException.noSuchExport(), last);
            } else if (last || isOver(now.get())) {
                forget(this);
                result.setResult(now.get().answer(ifNoneMatch, OptionalInt.of(seconds)));
            }
        }

        @Override
        public void fail(RuntimeException e, boolean last) {
            forget(this);
            result.setErrorResult(e);
        }

        private boolean isOver(Snapshot now) {
            return deadlineNanos - System.nanoTime() <= 0 || now.endsWait(arrival, ifNoneMatch);
        }
    }
}
