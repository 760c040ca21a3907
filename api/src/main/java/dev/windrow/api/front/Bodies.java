package dev.windrow.api.front;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The bodies that are being read, together: so many at once and so many bytes. Beyond that the one that takes the
 * longest gives way, so that senders who are slow on purpose keep nobody out. Safe for use by many threads.
 */
final class Bodies {
    /** The longest body, in bytes. */
    static final int MOST_BYTES = 64 * 1024;

    static final int MOST_MILLIS = 10_000;

    private static final int MOST_AT_ONCE = 256;
    private static final long MOST_BYTES_TOGETHER = 8L * 1024 * 1024;

    private final Turns turns;
    private final Refusals refusals;
    /** With the bytes that each holds, in the order in which they came. */
    private final Map<Reader, Integer> readers = new LinkedHashMap<>();

    private long bytes;

    /** Takes one body in. */
    interface Reader {
        /** Ends it early, because others need its place. Called by any thread. */
        void giveWay();
    }

    Bodies(Turns turns, Refusals refusals) {
        this.turns = turns;
        this.refusals = refusals;
    }

    void add(Reader reader) {
        synchronized (readers) {
            readers.put(reader, 0);
        }
        makeRoom();
    }

    void grow(Reader reader, int more) {
        synchronized (readers) {
            // It may have given way meanwhile.
            bytes += readers.computeIfPresent(reader, (same, before) -> before + more) == null ? 0 : more;
        }
        makeRoom();
    }

    void remove(Reader reader) {
        synchronized (readers) {
            Integer held = readers.remove(reader);
            bytes -= held == null ? 0 : held;
        }
    }

    /** The request has all of its body and waits for its turn. */
    void goOn(AsyncContext async, byte[] body) {
        async.getRequest().setAttribute(BodyFilter.BODY, body);
        turns.await(async);
    }

    void refuse(AsyncContext async, ProblemException problem) throws IOException {
        refusals.answer(async, problem);
    }

    static ProblemException tooLarge() {
        return new ProblemException(ProblemType.TOO_LARGE, "The body is longer than " + MOST_BYTES + " bytes.");
    }

    private void makeRoom() {
        for (Optional<Reader> slowest = tooMany(); slowest.isPresent(); slowest = tooMany()) {
            slowest.get().giveWay();
        }
    }

    private Optional<Reader> tooMany() {
        synchronized (readers) {
            return readers.size() > MOST_AT_ONCE || bytes > MOST_BYTES_TOGETHER
                    ? readers.keySet().stream().findFirst()
                    : Optional.empty();
        }
    }
}
