package dev.windrow.api.access.jwt;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys, asked for when one is first needed, so that a start does not wait for the issuer. While it can't be
 * reached the known keys go on for a day, and a key that is not known can't be judged. Nimbus' own cache answers an
 * unknown key in an outage as one that is known to be none. Safe for use by many threads.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {
    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
    /** From then on the keys are asked for anew, behind the request that finds them old. */
    static final Duration FRESH = Duration.ofMinutes(5);
    /** The longest that keys go on without an answer: as long as their tokens' usual lifetime. */
    static final Duration LONGEST = Duration.ofHours(24);
    /** At most one question in this time, whatever tokens come: anybody may write one with a key that nobody has. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final String name;
    private final KeySets sets;
    private final Clock clock;
    private final Executor behind;
    private volatile State state = new State(null, Instant.MIN, Instant.MIN, false);

    /**
     * @param keys null until there is a first answer
     * @param answered when these keys were
     * @param asked when the last question was
     * @param down whether it had no answer
     */
    private record State(@Nullable JWKSet keys, Instant answered, Instant asked, boolean down) {}

    /**
     * @param name of the issuer, in the log
     * @param behind runs what need not be waited for
     */
    IssuerKeys(String name, KeySets sets, Clock clock, Executor behind) {
        this.name = name;
        this.sets = sets;
        this.clock = clock;
        this.behind = behind;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        State seen = state;
        List<JWK> fitting = select(selector, seen);
        if (!fitting.isEmpty()) {
            if (!clock.instant().isBefore(seen.answered().plus(FRESH)) && mayAsk(seen)) {
                behind.execute(() -> ask(seen));
            }
            return fitting;
        }
        State fresh = ask(seen);
        List<JWK> found = select(selector, fresh);
        if (found.isEmpty() && fresh.down()) {
            throw new RemoteKeySourceException("the issuer gives no answer", null);
        }
        return found;
    }

    private List<JWK> select(JWKSelector selector, State from) {
        boolean known =
                from.keys() != null && clock.instant().isBefore(from.answered().plus(LONGEST));
        return known ? selector.select(from.keys()) : List.of();
    }

    private boolean mayAsk(State seen) {
        return !clock.instant()
                .isBefore(
                        seen.asked().equals(Instant.MIN)
                                ? Instant.MIN
                                : seen.asked().plus(PAUSE));
    }

    /** Asks, unless somebody has since {@code seen}; those who come together wait for one answer. */
    private synchronized State ask(State seen) {
        if (!state.asked().equals(seen.asked()) || !mayAsk(state)) {
            return state;
        }
        Instant now = clock.instant();
        try {
            JWKSet keys = sets.fetch();
            if (state.down()) {
                log.info("issuer {} gives its keys again", name);
            }
            state = new State(keys, now, now, false);
        } catch (IOException e) {
            if (!state.down()) {
                log.warn("issuer {} does not give its keys; those that are known go on for a day", name, e);
            }
            state = new State(state.keys(), state.answered(), now, true);
        }
        return state;
    }
}
