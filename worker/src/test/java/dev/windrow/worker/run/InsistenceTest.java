package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.worker.run.StopSignal.StoppedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class InsistenceTest {
    private final StopSignal stop = new StopSignal();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean full = new AtomicBoolean();
    private int told;

    private void insist(int failures, Duration each) throws StoppedException {
        new Insistence(stop, Duration.ofMinutes(10), nanos::get, full::get).until(() -> {
            if (told++ < failures) {
                nanos.addAndGet(each.toNanos());
                throw new ExportsUnavailableException("away", new IllegalStateException());
            }
        });
    }

    @Test
    void tellsOnceWhereTheTableIsThere() throws Exception {
        insist(0, Duration.ZERO);
        assertThat(told).isEqualTo(1);
    }

    @Test
    void tellsAgainUntilTheTableIsBack() throws Exception {
        insist(2, Duration.ofMinutes(5));
        assertThat(told).isEqualTo(3);
    }

    @Test
    void givesUpATableThatStaysAway() {
        assertThatThrownBy(() -> insist(100, Duration.ofMinutes(11))).isInstanceOf(ExportsUnavailableException.class);
        assertThat(told).isEqualTo(1);
    }

    @Test
    void waitsNoLongerOnceTheRunIsToStop() {
        stop.shutDown();
        assertThatThrownBy(() -> insist(100, Duration.ZERO)).isInstanceOf(ExportsUnavailableException.class);
        assertThat(told).isEqualTo(1);
    }

    @Test
    void doesNotWaitForADiskThatIsFull() {
        full.set(true);
        assertThatThrownBy(() -> insist(100, Duration.ZERO)).isInstanceOf(ExportsUnavailableException.class);
        assertThat(told).isEqualTo(1);
    }

    @Test
    void takesAnInterruptForAShutdown() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> insist(100, Duration.ZERO)).isInstanceOf(ExportsUnavailableException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(stop.reason()).isEqualTo(StopSignal.Reason.SHUTDOWN);
    }
}
