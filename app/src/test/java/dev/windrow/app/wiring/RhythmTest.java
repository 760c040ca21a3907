package dev.windrow.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.app.refusal.RefusedStartException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RhythmTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void isTheProductsOwnWhereNothingIsAskedFor() {
        assertThat(Rhythm.of(null)).isEqualTo(Rhythm.PRODUCT).isEqualTo(Rhythm.of("1"));
        // What operations.md promises: 15 s after a hang, well within a minute after an expiry.
        assertThat(Rhythm.PRODUCT.lease().plus(Rhythm.PRODUCT.reconcile().multipliedBy(2)))
                .isLessThan(Duration.ofSeconds(15));
        assertThat(Rhythm.PRODUCT.expire()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void isShortenedAsAWhole() {
        assertThat(Rhythm.of("0.2"))
                .isEqualTo(new Rhythm(
                        Duration.ofSeconds(2),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(200),
                        Duration.ofMinutes(2)));
        assertThat(Rhythm.of("0.1").lease()).isEqualTo(SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.09", "1.01", "0", "-0.5", "NaN", "fast", ""})
    void refusesAShareWithWhichAWorkerCouldNotKeepItsLease(String share) {
        assertThatThrownBy(() -> Rhythm.of(share))
                .isInstanceOf(RefusedStartException.class)
                .hasMessage("dev.windrow.rhythm: " + share
                        + " is not a number from 0.1 to 1; it is for tests alone, leave it out.");
    }

    @Test
    void refusesWhatCouldNotWork() {
        Duration tenth = Duration.ofMillis(100);
        assertRefused("a sweep without a pause", SECOND, Duration.ZERO, SECOND.multipliedBy(2));
        assertRefused(
                "lease: PT0.1S, not at least PT1S and over the look for lost runs, PT0.001S",
                tenth,
                Duration.ofMillis(1),
                SECOND);
        assertRefused(
                "lease: PT1S, not at least PT1S and over the look for lost runs, PT1S",
                SECOND,
                SECOND,
                SECOND.multipliedBy(2));
        assertRefused("hung: PT1S, not over the lease of PT1S", SECOND, tenth, SECOND);
    }

    private static void assertRefused(String why, Duration lease, Duration reconcile, Duration hung) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rhythm(lease, reconcile, SECOND, SECOND, SECOND, hung))
                .withMessage(why);
    }
}
