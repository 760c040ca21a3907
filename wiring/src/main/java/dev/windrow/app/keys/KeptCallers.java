package dev.windrow.app.keys;

import dev.windrow.api.access.AbsentCallers;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.key.KeyHolders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What callers who are absent may do. A key gives what it gives now, or else another key of its principal, so that one
 * is changed for another without a gap; when the last is revoked, that is the end. What a token of an issuer gave, it
 * goes on to give for a time, since nobody can be asked whether it still would; and so what an application has said of
 * its user. Safe for use by many threads.
 */
public final class KeptCallers implements AbsentCallers {
    /** From when a token was last shown for what goes on. */
    private static final Duration TOKENS_COUNT = Duration.ofDays(90);

    private final boolean open;
    private final boolean application;
    private final @Nullable KeyHolders keys;
    private final Set<String> issuers;
    private final Clock clock;

    /**
     * @param open whether nobody needs credentials
     * @param application whether an application says who calls
     * @param keys null where there are none
     * @param issuers the names of those that are believed
     */
    public KeptCallers(boolean open, boolean application, @Nullable KeyHolders keys, Set<String> issuers, Clock clock) {
        this.open = open;
        this.application = application;
        this.keys = keys;
        this.issuers = Set.copyOf(issuers);
        this.clock = clock;
    }

    @Override
    public Optional<Caller> now(Caller kept, Instant shown) {
        return switch (kept.credential().kind()) {
            case NONE -> open && kept.name().equals(Caller.LOCAL.name()) ? Optional.of(Caller.LOCAL) : Optional.empty();
            case API_KEY -> open ? Optional.empty() : holder(kept);
            case JWT -> isBelieved(kept, shown) ? Optional.of(kept) : Optional.empty();
            case APPLICATION -> application && isRecent(shown) ? Optional.of(kept) : Optional.empty();
            case MINTED -> Optional.empty();
        };
    }

    private Optional<Caller> holder(Caller kept) {
        String name = kept.credential().name();
        return keys == null
                ? Optional.empty()
                : keys.callers(kept.name()).stream()
                        .filter(key -> key.has(Role.EXPORT))
                        .min(Comparator.comparing(
                                key -> !key.credential().name().equals(name)));
    }

    private boolean isBelieved(Caller kept, Instant shown) {
        return !open && issuers.contains(kept.credential().name()) && isRecent(shown);
    }

    private boolean isRecent(Instant shown) {
        return clock.instant().isBefore(shown.plus(TOKENS_COUNT));
    }
}
