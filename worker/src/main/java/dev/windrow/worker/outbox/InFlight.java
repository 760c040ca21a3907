package dev.windrow.worker.outbox;

import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.WebhookUrl;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What this process is carrying. Thread-safe. */
final class InFlight {
    private final Set<Flight> flights = new LinkedHashSet<>();

    /** One message on its way, and the thread that carries it. */
    static final class Flight {
        private final Message message;
        private final String receiver;
        private @Nullable Future<?> running;
        private boolean stopped;

        private Flight(Message message) {
            this.message = message;
            this.receiver = receiver(message.target());
        }

        Message message() {
            return message;
        }

        /** Says who carries it. */
        synchronized void runs(Future<?> carrying) {
            running = carrying;
            if (stopped) {
                carrying.cancel(true);
            }
        }

        /** Interrupts whoever carries it. */
        synchronized void stop() {
            stopped = true;
            if (running != null) {
                running.cancel(true);
            }
        }
    }

    synchronized Flight add(Message message) {
        Flight flight = new Flight(message);
        flights.add(flight);
        return flight;
    }

    synchronized void remove(Flight flight) {
        flights.remove(flight);
    }

    synchronized List<Flight> all() {
        return new ArrayList<>(flights);
    }

    synchronized boolean hasRoom(Carrier carrier, Target target) {
        String receiver = receiver(target);
        long ofKind = 0;
        long ofReceiver = 0;
        for (Flight flight : flights) {
            boolean isOfKind = flight.message.target().kind() == target.kind();
            ofKind += isOfKind ? 1 : 0;
            ofReceiver += isOfKind && flight.receiver.equals(receiver) ? 1 : 0;
        }
        return ofKind < carrier.atOnce() && ofReceiver < carrier.atOnceToOne();
    }

    /** Who would be slow. Of URLs it is the host: each export may name another address of the same one. */
    private static String receiver(Target target) {
        return target.kind() == Target.Kind.WEBHOOK
                ? WebhookUrl.of(target.name()).map(WebhookUrl::host).orElse(target.name())
                : target.name();
    }
}
