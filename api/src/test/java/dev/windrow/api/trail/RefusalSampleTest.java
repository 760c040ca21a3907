package dev.windrow.api.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalSampleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:30Z");

    private final RefusalSample sample = new RefusalSample();

    private int taken(String address, int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) {
            taken += sample.take(address) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void takesSixtyAMinuteOfOneAddress() {
        assertThat(sample.turn(NOW)).isZero();
        assertThat(taken("a", 100)).isEqualTo(60);
        assertThat(taken("b", 10)).isEqualTo(10);
        assertThat(sample.turn(NOW.plusSeconds(29))).isZero();
        assertThat(taken("a", 1)).isZero();
        assertThat(sample.turn(NOW.plusSeconds(30))).isEqualTo(41);
        assertThat(taken("a", 100)).isEqualTo(60);
        assertThat(sample.turn(NOW.plusSeconds(90))).isEqualTo(40);
        assertThat(sample.turn(NOW.plusSeconds(150))).isZero();
    }

    @Test
    void takesSixHundredOfAll() {
        int taken = 0;
        for (int i = 0; i < 700; i++) {
            taken += taken("address " + i, 1);
        }
        sample.leaveOut();
        assertThat(taken).isEqualTo(600);
        assertThat(sample.turn(NOW)).isEqualTo(101);
    }
}
