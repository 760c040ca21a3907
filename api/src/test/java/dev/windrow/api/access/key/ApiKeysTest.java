package dev.windrow.api.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.CredentialsRefusedException;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.Terms;
import dev.windrow.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeysTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Rights RIGHTS =
            new Rights(Set.of("export"), Set.of("orders"), Map.of("tenant", 7L), Allowance.USUAL, Terms.NONE);

    private final SettableClock clock = new SettableClock(NOW);
    private final ApiKeys keys = new ApiKeys(clock);

    @Test
    void tellTheCallerOfAKey() {
        Instant end = NOW.plus(Duration.ofDays(1));
        keys.replace(List.of(new ApiKey("one", KeyText.sha256("secret"), "shop", RIGHTS, NOW, end)));

        assertThat(keys.reads("secret")).isTrue();
        Caller caller = keys.read("secret", null);
        assertThat(caller.name()).isEqualTo("shop");
        assertThat(caller.rights()).isEqualTo(RIGHTS);
        assertThat(caller.credential()).isEqualTo(new Credential(Credential.Kind.API_KEY, "one", end));
        assertThat(caller.has(Role.READ)).isTrue();
        assertThat(keys.lastUsed(keys.all().get(0))).contains(NOW);
    }

    @Test
    void holdFromTheirBeginningToTheirEndToTheMoment() {
        Instant end = NOW.plusSeconds(10);
        keys.replace(List.of(new ApiKey("one", KeyText.sha256("secret"), "one", RIGHTS, NOW, end)));
        clock.set(NOW.minusMillis(1));
        assertThatThrownBy(() -> keys.read("secret", null))
                .isInstanceOf(CredentialsRefusedException.class)
                .hasMessageContaining("does not hold yet");
        clock.set(end.minusMillis(1));
        assertThat(keys.read("secret", null).name()).isEqualTo("one");
        clock.set(end);
        assertThatThrownBy(() -> keys.read("secret", null))
                .isInstanceOf(CredentialsRefusedException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void areReplacedAsAWholeAndNotByASetThatContradictsItself() {
        ApiKey one = new ApiKey("one", KeyText.sha256("1"), "one", RIGHTS, null, null);
        keys.replace(List.of(one));
        keys.read("1", null);
        ApiKey again = new ApiKey("again", KeyText.sha256("1"), "x", Rights.ALL, null, null);
        assertThatThrownBy(() -> keys.replace(List.of(one, again)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"one\" and \"again\"");
        assertThat(keys.read("1", null).name()).isEqualTo("one");
        keys.replace(List.of(new ApiKey("two", KeyText.sha256("2"), "two", RIGHTS, null, null)));
        assertThat(keys.reads("1")).isFalse();
        assertThatThrownBy(() -> keys.read("1", null)).isInstanceOf(CredentialsRefusedException.class);
        assertThat(keys.lastUsed(one)).isEmpty();
    }

    @Test
    void readWhatLooksLikeAKeyOrIsOneAndNothingElse() {
        keys.replace(List.of(new ApiKey("one", KeyText.sha256("a.b.c"), "one", RIGHTS, null, null)));
        assertThat(keys.reads("a.b.c")).isTrue();
        assertThat(keys.reads("x.y.z")).isFalse();
        assertThat(keys.reads("wdr_x")).isTrue();
    }

    @Test
    void maySafelyBeMany() {
        keys.replace(IntStream.range(0, 10_000)
                .mapToObj(i -> new ApiKey("k" + i, KeyText.sha256("secret " + i), "k" + i, RIGHTS, null, null))
                .toList());
        assertThat(IntStream.range(0, 10_000)
                        .mapToObj(i -> keys.read("secret " + i, null).name()))
                .doesNotHaveDuplicates()
                .hasSize(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "a\u202eb", "a\u200bb", "\ud800\u0007"})
    void haveNoNamesThatNobodyCanRead(String name) {
        String hash = KeyText.sha256("x");
        assertThatThrownBy(() -> new ApiKey(name, hash, "p", RIGHTS, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name");
        assertThatThrownBy(() -> new ApiKey("n", hash, name, RIGHTS, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("principal");
        assertThatThrownBy(() -> new ApiKey("n".repeat(201), hash, "p", RIGHTS, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areRefusedWhereTheirHashIsNoneOrTheirTimesContradict() {
        assertThatThrownBy(() -> new ApiKey("n", "wdr_key", "p", RIGHTS, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SHA-256")
                .hasMessageNotContaining("wdr_key");
        assertThatThrownBy(() -> new ApiKey("n", KeyText.sha256("x"), "p", RIGHTS, NOW, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not-before");
        assertThat(new ApiKey("n", KeyText.sha256("x").toUpperCase(Locale.ROOT), "p", RIGHTS, null, null).sha256())
                .isEqualTo(KeyText.sha256("x"));
    }
}
