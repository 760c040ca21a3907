package dev.windrow.api.start;

import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.IdempotencyKeys;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores a start with its key and its row of the audit: all three, or none. Safe for use by many threads. */
final class DurableStart {
    private final Exports exports;
    private final IdempotencyKeys keys;
    private final Trail trail;

    DurableStart(Exports exports, IdempotencyKeys keys, Trail trail) {
        this.exports = exports;
        this.keys = keys;
        this.trail = trail;
    }

    /**
     * Makes it survive anything.
     *
     * @param key null for a start without one
     * @return empty when somebody else has used the key meanwhile
     */
    Optional<Export> store(Export export, IdempotencyKeys.@Nullable Key key, Actor actor) {
        return trail.change(actor, Action.START, () -> insert(export, key), Function.identity());
    }

    private Optional<Export> insert(Export export, IdempotencyKeys.@Nullable Key key) {
        if (key == null) {
            exports.insert(export);
            return Optional.of(export);
        }
        boolean free = keys.insert(
                export, key, RepeatedStarts.freeBefore(export.times().created()));
        return free ? Optional.of(export) : Optional.empty();
    }
}
