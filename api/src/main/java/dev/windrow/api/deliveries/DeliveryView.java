package dev.windrow.api.deliveries;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Message.State;
import dev.windrow.common.outbox.Try;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as callers see it: whom it tells what, and each try. Never what the target answered but its status, and of
 * a URL no more than its host.
 *
 * @param state {@code waiting}, {@code done} or {@code given-up}
 */
record DeliveryView(
        String id,
        @JsonUnwrapped Told told,
        String state,
        @JsonUnwrapped Times times,
        List<TryView> tries,
        Map<String, String> links) {
    /**
     * To whom, and what.
     *
     * @param kind {@code webhook}, {@code mail} or {@code place}
     */
    record Told(String kind, String target, String type) {}

    /**
     * When.
     *
     * @param nextTryAt null once it has ended
     */
    record Times(
            Instant createdAt,
            @Nullable Instant nextTryAt,
            @Nullable Instant finishedAt) {}

    record TryView(Instant at, String outcome, @Nullable String reason, long millis) {}

    static DeliveryView of(Deliveries.Delivery delivery) {
        Message message = delivery.message();
        Message.Standing standing = message.standing();
        boolean waits = standing.state() == State.WAITING;
        return new DeliveryView(
                message.id(),
                new Told(
                        message.target().kind().id(),
                        message.target().shown(),
                        message.event().type()),
                standing.state().id(),
                new Times(standing.created(), waits ? standing.due() : null, standing.ended()),
                delivery.tries().stream().map(DeliveryView::of).toList(),
                waits ? Map.of() : Map.of("replay", replay(message)));
    }

    private static TryView of(Try each) {
        return new TryView(each.at(), each.result().id(), each.reason(), each.millis());
    }

    private static String replay(Message message) {
        return ExportPaths.self(message.about().export()) + "/deliveries/" + message.id() + "/replay";
    }
}
