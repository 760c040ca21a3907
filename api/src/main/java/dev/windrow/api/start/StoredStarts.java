package dev.windrow.api.start;

import dev.windrow.api.access.Caller;
import dev.windrow.api.limit.StartLimits;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.access.Grant;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.IdempotencyKeys;
import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.outbox.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Stores starts, each in one transaction with what it counts for: a start that is refused leaves nothing, and one that
 * is stored was counted. Safe for use by many threads.
 */
final class StoredStarts {
    private final Exports exports;
    private final IdempotencyKeys keys;
    private final Trail trail;
    private final StartLimits limits;
    private final Deliveries deliveries;

    StoredStarts(Exports exports, IdempotencyKeys keys, Trail trail, StartLimits limits, Deliveries deliveries) {
        this.deliveries = deliveries;
        this.exports = exports;
        this.keys = keys;
        this.trail = trail;
        this.limits = limits;
    }

    /**
     * Adds an export; ends the request where the caller has as much as is allowed.
     *
     * @param tell whom it asks to be told
     * @param key null for a start without one
     * @param actor who starts it, for the audit
     * @return empty when somebody else has used the key, and nothing was added
     */
    Optional<Export> add(
            Export export, List<Target> tell, Caller caller, IdempotencyKeys.@Nullable Key key, Actor actor) {
        return trail.change(
                actor,
                Action.START,
                () -> {
                    boolean added = insert(export, key);
                    if (added && !tell.isEmpty()) {
                        deliveries.ask(export.id(), tell);
                    }
                    if (added) {
                        limits.take(caller);
                    }
                    return added ? Optional.of(export) : Optional.empty();
                },
                Function.identity());
    }

    /** The answer to a start of the caller, or to its refusal, with what is left of the limits. */
    ResponseEntity<byte[]> told(Caller caller, Supplier<ResponseEntity<byte[]>> answer) {
        return limits.told(caller, answer);
    }

    private boolean insert(Export export, IdempotencyKeys.@Nullable Key key) {
        if (key != null) {
            return keys.insert(
                    export, key, RepeatedStarts.freeBefore(export.times().created()));
        }
        exports.insert(export);
        return true;
    }

    /**
     * Queues an ended export again. It counts as a start, since it takes a worker's time as one does.
     *
     * @return false: it is in another state by now, or gone
     */
    boolean again(Export seen, Grant grant, Caller caller, Instant now, Actor actor) {
        return trail.change(
                actor,
                Action.RETRY,
                () -> {
                    boolean queued = exports.retry(seen, grant, now);
                    if (queued) {
                        limits.take(caller);
                    }
                    return queued;
                },
                queued -> queued ? Optional.of(seen) : Optional.empty());
    }
}
