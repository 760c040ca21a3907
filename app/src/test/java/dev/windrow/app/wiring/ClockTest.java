package dev.windrow.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The one clock of the product. */
final class ClockTest {
    @Test
    void ticksInWhatTheStatusTableKeeps() {
        assertThat(new StoreWiring().clock()).isEqualTo(Clock.tickMillis(ZoneOffset.UTC));
    }
}
