package dev.windrow.api.start;

import dev.windrow.api.access.Datasets;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.access.Gate;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.IdempotencyKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a start that is sent twice from starting two exports, and finds the finished export that may answer instead of
 * a new one. Safe for use by many threads.
 */
final class RepeatedStarts {
    /** How long a key holds. */
    private static final Duration HOLDS = Duration.ofHours(24);

    private static final int RETRY_SECONDS = 1;

    private final IdempotencyKeys keys;
    private final Clock clock;
    private final Set<Use> underWay = ConcurrentHashMap.newKeySet();

    RepeatedStarts(IdempotencyKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A key that is being used by a request of this process. Two processes are told apart by the table, which has one
     * row a key.
     */
    private record Use(String owner, String key) {}

    /** Keys that were used by then are free again. */
    static Instant freeBefore(Instant now) {
        return now.minus(HOLDS);
    }

    /** Holds the key until the request is answered; ends the request if another has it. */
    <T> T alone(String owner, String key, Supplier<T> answer) {
        Use use = new Use(owner, key);
        if (!underWay.add(use)) {
            throw inUse();
        }
        try {
            return answer.get();
        } finally {
            underWay.remove(use);
        }
    }

    static ProblemException inUse() {
        return new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_IN_USE,
                        "Another request with this " + IdempotencyKey.HEADER + " is still being answered.")
                .withRetryAfter(RETRY_SECONDS);
    }

    /** What the key has started already; a key that was used for something else ends the request. */
    Optional<Export> earlier(String owner, IdempotencyKeys.Key key) {
        Optional<IdempotencyKeys.Earlier> found =
                keys.find(owner, key.value(), clock.instant().minus(HOLDS));
        if (found.isPresent() && !found.get().digest().equals(key.digest())) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "This " + IdempotencyKey.HEADER + " was used for another export within the last 24 hours.");
        }
        return found.map(IdempotencyKeys.Earlier::export);
    }

    /**
     * The owner's latest export of the same, allowed the same, that is completed, ended at most that long ago, and has
     * its file still.
     */
    Optional<Export> recent(String owner, StartCheck.Checked checked, Duration maxAge) {
        ExportRequest request = checked.request();
        Datasets.Granted granted = checked.granted();
        Instant now = clock.instant();
        String same = CanonicalForm.ofArchive(request, granted.dataset());
        return keys.completed(owner, request, now.minus(maxAge), now).stream()
                .filter(export -> CanonicalForm.ofArchive(export.request(), granted.dataset())
                        .equals(same))
                .filter(export -> Gate.isAlike(granted.dataset(), granted.grant(), export.grant()))
                .filter(export -> isWithin(granted.grant().maxRows(), export.artifact()))
                .findFirst();
    }

    private static boolean isWithin(@Nullable Long maxRows, @Nullable Artifact artifact) {
        return maxRows == null || artifact != null && artifact.rows() <= maxRows;
    }
}
