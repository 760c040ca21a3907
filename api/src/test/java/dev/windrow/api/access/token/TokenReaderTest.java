package dev.windrow.api.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.windrow.api.TestKeys;
import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.CredentialsRefusedException;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Terms;
import dev.windrow.testkit.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenReaderTest {
    private static final String OLD = "the old secret, which is long enough";
    private static final String NEW = "the new secret, which is long enough";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00.7Z"));
    private final TestKeys keys = new TestKeys();

    private Caller holder(Allowance allowance, Map<String, Object> claims, String... roles) {
        Caller holder = new Caller(
                "host",
                new Rights(Set.of(roles), null, claims, allowance, Terms.NONE),
                new Credential(Credential.Kind.API_KEY, "key-1", null));
        keys.give(holder);
        return holder;
    }

    private static TokenOrder order(Map<String, Object> claims, Terms terms) {
        return new TokenOrder("u-1", List.of("orders"), claims, terms, Duration.ofMinutes(10));
    }

    private TokenReader reader(String... secrets) {
        return new TokenReader(
                new TokenKeys(List.of(secrets)),
                keys,
                new TokenNames(keys, Set.of()),
                new TokenRights(new Allowance(60, 5, null, null)),
                clock);
    }

    private String mint(String secret, Caller holder, TokenOrder order) {
        return new TokenMint(new TokenKeys(List.of(secret)), clock)
                .mint(holder, order)
                .orElseThrow()
                .token();
    }

    private Rights rights(Allowance key, @Nullable Map<String, Object> limits) {
        Caller holder = holder(key, Map.of(), "mint");
        Map<String, Object> claims = limits == null ? Map.of() : Map.of("limits", limits);
        return reader(NEW)
                .read(mint(NEW, holder, order(claims, Terms.NONE)), null)
                .rights();
    }

    @Test
    void readsWhatWasOrdered() {
        Terms terms = new Terms(
                Map.of("shop", 7L, "factor", new BigDecimal("0.10000000000000000001"), "days", List.of("a", 2L, true)),
                List.of("b", "a"),
                List.of("csv"),
                100_000L,
                "https://shop.example");
        Caller holder = holder(Allowance.USUAL, Map.of("tenant", "acme"), "mint", "finance", "admin", "metrics");
        TokenOrder order = order(Map.of("tenant", "forged", "user", 1.25, "limits", Map.of("active", 1L)), terms);
        Caller bearer = reader(NEW).read(mint(NEW, holder, order), "https://shop.example");
        assertThat(bearer.name()).isEqualTo("u-1");
        assertThat(bearer.credential())
                .isEqualTo(new Credential(Credential.Kind.MINTED, "key-1", Instant.parse("2026-03-01T12:10:00Z")));
        assertThat(bearer.rights().terms()).isEqualTo(terms);
        assertThat(bearer.rights().datasets()).containsExactly("orders");
        assertThat(bearer.rights().roles()).containsExactlyInAnyOrder("export", "finance");
        assertThat(bearer.rights().claims()).isEqualTo(Map.of("tenant", "acme", "user", 1.25));
        assertThat(bearer.rights().allowance()).isEqualTo(new Allowance(null, 1, null, null));
    }

    @Test
    void lowersLimitsAndRaisesNone() {
        assertThat(rights(new Allowance(10, null, null, 7L), null).allowance())
                .isEqualTo(new Allowance(10, null, null, 7L));
        assertThat(rights(new Allowance(10, null, null, 7L), Map.of("startsPerMinute", 3L))
                        .allowance())
                .isEqualTo(new Allowance(3, null, null, 7L));
        assertThat(rights(
                                new Allowance(10, null, null, 7L),
                                Map.of(
                                        "startsPerMinute",
                                        1_000L,
                                        "active",
                                        1_000L,
                                        "rowsPerDay",
                                        9L,
                                        "bytesPerDay",
                                        8L))
                        .allowance())
                .isEqualTo(new Allowance(10, 5, 9L, 7L));
    }

    @Test
    void believesTheOldSecretWhileItIsNamed() {
        Caller holder = holder(Allowance.USUAL, Map.of(), "mint");
        String token = mint(OLD, holder, order(Map.of(), Terms.NONE));
        assertThat(reader(NEW, OLD).read(token, null).name()).isEqualTo("u-1");
        assertThatExceptionOfType(CredentialsRefusedException.class)
                .isThrownBy(() -> reader(NEW).read(token, null))
                .withMessage("The token is not valid.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.b.c", "e30.e30.e30", "wdr_x", "eyJhbGciOiJSUzI1NiJ9.e30.AA"})
    void leavesOtherCredentialsToOthers(String token) {
        assertThat(reader(NEW).reads(token)).isFalse();
    }

    @Test
    void takesSecretsThatNobodyCanGuess() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenKeys(List.of("short")))
                .withMessageContaining("openssl rand -hex 32")
                .withMessageNotContaining("short ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenKeys(List.of(NEW, OLD, OLD)))
                .withMessageContaining("two");
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenKeys(List.of()));
        assertThat(new TokenKeys(List.of(NEW)).toString()).doesNotContain("secret");
    }
}
