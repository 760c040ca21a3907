package dev.windrow.api.start;

import dev.windrow.api.access.Caller;
import dev.windrow.api.limit.StartLimits;
import dev.windrow.common.access.Grant;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.IdempotencyKeys;
import dev.windrow.common.export.Transactions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Stores starts, each in one transaction with what it counts for: a start that is refused leaves nothing, and one that
 * is stored was counted. Safe for use by many threads.
 */
final class StoredStarts {
    private final Exports exports;
    private final IdempotencyKeys keys;
    private final Transactions transactions;
    private final StartLimits limits;

    StoredStarts(Exports exports, IdempotencyKeys keys, Transactions transactions, StartLimits limits) {
        this.exports = exports;
        this.keys = keys;
        this.transactions = transactions;
        this.limits = limits;
    }

    /**
     * Adds an export; ends the request where the caller has as much as is allowed.
     *
     * @param key null for a start without one
     * @return false: somebody else has used the key, nothing was added
     */
    boolean add(Export export, Caller caller, IdempotencyKeys.@Nullable Key key) {
        return transactions.inOne(
                () -> {
                    boolean added = insert(export, key);
                    if (added) {
                        limits.take(caller);
                    }
                    return added;
                },
                () -> exports.find(export.id(), export.owner()).map(found -> true));
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
    boolean again(Export seen, Grant grant, Caller caller, Instant now) {
        return transactions.inOne(
                () -> {
                    boolean queued = exports.retry(seen, grant, now);
                    if (queued) {
                        limits.take(caller);
                    }
                    return queued;
                },
                () -> exports.find(seen.id(), seen.owner())
                        .filter(found -> found.attempt() == seen.attempt() + 1)
                        .map(found -> true));
    }
}
