package dev.windrow.worker.outbox;

import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Note;
import dev.windrow.common.outbox.Outbox;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Target.Kind;
import dev.windrow.common.thread.DaemonThreads;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes messages of notes and has those that are due carried, several at once, few to one target: one that is slow
 * holds up no other. It looks every so often and whenever something was carried. What this process has claimed is kept
 * by a lease; what it leaves behind is carried by another. {@link #start} and {@link #close} are called once.
 */
public final class Relay implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private static final int NOTES_AT_ONCE = 100;
    private static final int TARGETS_AT_ONCE = 500;
    /** Of a lease, between two signs of life. */
    private static final int BEATS = 4;

    private static final long PATIENCE_SECONDS = 5;

    private final Outbox outbox;
    private final Addressing addressing;
    private final Map<Kind, Carrier> carriers = new EnumMap<>(Kind.class);
    private final Settlement settlement;
    private final Clock clock;
    private final Timing timing;

    private final ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("windrow-outbox"));
    private final InFlight inFlight = new InFlight();
    /** Rung when there is room again, or the end has come. */
    private final BlockingQueue<Boolean> bell = new ArrayBlockingQueue<>(1);

    private volatile boolean closed;
    private @Nullable Future<?> looking;

    /**
     * @param pause between two looks
     * @param lease for which a message is claimed, and again while it is carried
     */
    public record Timing(Duration pause, Duration lease) {}

    /** @param carriers one for each kind that this process carries; others' messages wait */
    public Relay(
            Outbox outbox,
            Addressing addressing,
            List<Carrier> carriers,
            Settlement settlement,
            Clock clock,
            Timing timing) {
        this.outbox = outbox;
        this.addressing = addressing;
        carriers.forEach(carrier -> this.carriers.put(carrier.kind(), carrier));
        this.settlement = settlement;
        this.clock = clock;
        this.timing = timing;
    }

    /** Begins to look. */
    public void start() {
        looking = threads.submit(this::look);
        var unused = threads.submit(this::keepLeases);
    }

    private void look() {
        while (!closed) {
            try {
                address();
                claim();
            } catch (RuntimeException e) {
                log.warn("the outbox can't be looked through, and will be again: {}", e.toString());
            }
            if (!waited(timing.pause())) {
                return;
            }
        }
    }

    /** False: the thread is to end. */
    private boolean waited(Duration pause) {
        try {
            var unused = bell.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void address() {
        List<Note> notes;
        do {
            notes = outbox.notes(NOTES_AT_ONCE);
            int addressed = 0;
            for (Note note : notes) {
                addressed += outbox.address(note, addressing.of(note), clock.instant()) ? 1 : 0;
            }
            if (addressed == 0) {
                // Others are at it.
                return;
            }
        } while (notes.size() == NOTES_AT_ONCE && !closed);
    }

    private void claim() {
        if (carriers.isEmpty()) {
            return;
        }
        for (Target target : outbox.due(carriers.keySet(), clock.instant(), TARGETS_AT_ONCE)) {
            Carrier carrier = carriers.get(target.kind());
            while (carrier != null && !closed && inFlight.hasRoom(carrier, target)) {
                Instant now = clock.instant();
                Optional<Message> claimed = outbox.claim(target, now, now.plus(timing.lease()));
                if (claimed.isEmpty()) {
                    break;
                }
                carry(carrier, claimed.get());
            }
        }
    }

    private void carry(Carrier carrier, Message message) {
        InFlight.Flight flight = inFlight.add(message);
        flight.runs(threads.submit(() -> {
            try {
                settlement.settle(message, () -> carrier.carry(message));
            } catch (RuntimeException e) {
                // It is carried again once its lease has lapsed: twice, and under the same id.
                log.warn("what came of message {} can't be kept: {}", message.id(), e.toString());
            } finally {
                inFlight.remove(flight);
                ring();
            }
        }));
    }

    private void ring() {
        var unused = bell.offer(true);
    }

    private void keepLeases() {
        while (!closed) {
            try {
                TimeUnit.MILLISECONDS.sleep(timing.lease().toMillis() / BEATS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            inFlight.all().forEach(this::keep);
        }
    }

    private void keep(InFlight.Flight flight) {
        try {
            boolean kept = outbox.keep(flight.message(), clock.instant().plus(timing.lease()));
            if (!kept) {
                flight.stop();
            }
        } catch (RuntimeException e) {
            log.debug("the lease of message {} can't be kept", flight.message().id(), e);
        }
    }

    /** How many messages this process has carried to each end; for its figures. */
    public Tally tally() {
        return settlement.tally();
    }

    /** Takes no more, and stops what is being carried: that is handed back. */
    @Override
    public void close() {
        closed = true;
        ring();
        if (looking != null) {
            looking.cancel(true);
        }
        inFlight.all().forEach(InFlight.Flight::stop);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.debug("some messages are still being carried; their leases will lapse");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
