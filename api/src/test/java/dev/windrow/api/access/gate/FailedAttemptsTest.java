package dev.windrow.api.access.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FailedAttemptsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final FailedAttempts failures = new FailedAttempts(clock);

    @Test
    void areTooManyAfterTwentyInAMinute() {
        for (int i = 0; i < 20; i++) {
            assertThat(failures.count("192.0.2.1")).isZero();
        }
        clock.pass(Duration.ofSeconds(10));
        assertThat(failures.count("192.0.2.1")).isEqualTo(50);
        assertThat(failures.count("192.0.2.2")).isZero();
        clock.pass(Duration.ofSeconds(50));
        assertThat(failures.count("192.0.2.1")).isZero();
    }

    @Test
    void areForgottenWhenTheClockIsSetBack() {
        for (int i = 0; i < 30; i++) {
            failures.count("192.0.2.1");
        }
        clock.set(NOW.minusSeconds(3600));
        assertThat(failures.count("192.0.2.1")).isZero();
    }

    @Test
    void areCountedForTheWholeNetworkOfAnOwnerOfManyAddresses() {
        for (int i = 0; i < 20; i++) {
            failures.count("2001:db8:0:1:0:0:0:" + i);
        }
        assertThat(failures.count("2001:db8:0:1:ffff:0:0:1")).isPositive();
        assertThat(failures.count("2001:db8:0:2:0:0:0:1")).isZero();
    }

    @Test
    void keepNoMoreAddressesThanThereIsRoomFor() {
        for (int i = 0; i < 21; i++) {
            failures.count("198.51.100.1");
        }
        for (int i = 0; i < 10_001; i++) {
            failures.count("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
        }
        assertThat(failures.count("198.51.100.1")).as("forgotten").isZero();
    }
}
