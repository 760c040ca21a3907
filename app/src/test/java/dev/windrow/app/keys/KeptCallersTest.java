package dev.windrow.app.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Terms;
import dev.windrow.api.access.key.ApiKey;
import dev.windrow.api.access.key.ApiKeys;
import dev.windrow.api.access.key.KeyHolders;
import dev.windrow.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What schedules of absent callers go by. */
class KeptCallersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final ApiKeys keys = new ApiKeys(clock);
    private final KeptCallers closed = new KeptCallers(false, false, new KeyHolders(keys, clock), Set.of("idp"), clock);
    private final KeptCallers open = new KeptCallers(true, false, null, Set.of(), clock);

    private static Rights rights(String role, @Nullable Set<String> datasets) {
        return new Rights(Set.of(role), datasets, Map.of(), Allowance.USUAL, Terms.NONE);
    }

    private static Caller kept(String principal, Credential.Kind kind, String name) {
        return new Caller(principal, rights("export", null), new Credential(kind, name, null));
    }

    private static ApiKey key(String name, int digit, Rights rights, @Nullable Instant expires) {
        return new ApiKey(name, Integer.toString(digit).repeat(64), "ann", rights, null, expires);
    }

    @Test
    void mayWhatTheirKeyGivesNow() {
        Caller ann = kept("ann", Credential.Kind.API_KEY, "ci");
        keys.replace(List.of(
                key("other", 1, rights("export", null), null),
                key("ci", 2, rights("export", Set.of("orders")), NOW.plusSeconds(60))));
        assertThat(closed.now(ann, NOW).orElseThrow().rights().datasets()).containsExactly("orders");
        // The key has ended, and another of the same principal takes its place.
        clock.pass(Duration.ofMinutes(1));
        Caller now = closed.now(ann, NOW).orElseThrow();
        assertThat(now.credential().name()).isEqualTo("other");
        assertThat(now.rights().datasets()).isNull();
        keys.replace(List.of(key("ci", 2, rights("read", null), null)));
        assertThat(closed.now(ann, NOW)).isEmpty();
        keys.replace(List.of());
        assertThat(closed.now(ann, NOW)).isEmpty();
        assertThat(open.now(ann, NOW)).isEmpty();
    }

    @Test
    void mayWhatTheirTokenGaveForATimeWhileItsIssuerIsBelieved() {
        Caller bob = kept("idp:bob", Credential.Kind.JWT, "idp");
        clock.pass(Duration.ofDays(90).minusSeconds(1));
        assertThat(closed.now(bob, NOW)).contains(bob);
        clock.pass(Duration.ofSeconds(1));
        assertThat(closed.now(bob, NOW)).isEmpty();
        assertThat(closed.now(kept("old:bob", Credential.Kind.JWT, "old"), clock.instant()))
                .isEmpty();
    }

    @Test
    void mayWhatTheApplicationHasSaidOfThemForATimeWithinIt() {
        KeptCallers within = new KeptCallers(false, true, null, Set.of(), clock);
        Caller eve = kept("eve", Credential.Kind.APPLICATION, "");
        clock.pass(Duration.ofDays(90).minusSeconds(1));
        assertThat(within.now(eve, NOW)).contains(eve);
        assertThat(closed.now(eve, clock.instant())).isEmpty();
        clock.pass(Duration.ofSeconds(1));
        assertThat(within.now(eve, NOW)).isEmpty();
    }

    @Test
    void mayNothingByWhatWasMadeForMinutesOrForAnotherMode() {
        assertThat(closed.now(kept("shop", Credential.Kind.MINTED, "ci"), NOW)).isEmpty();
        assertThat(closed.now(Caller.LOCAL, NOW)).isEmpty();
        assertThat(open.now(Caller.LOCAL, NOW)).contains(Caller.LOCAL);
        assertThat(open.now(kept("ann", Credential.Kind.NONE, ""), NOW)).isEmpty();
    }
}
