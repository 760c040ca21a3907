package dev.windrow.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Status;

@Timeout(60)
class StatusTableHealthTest {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Test
    void isWhatWasFoundAMomentAgoWhileTheTableKeepsItWaiting() {
        StatusTableHealth health = new StatusTableHealth(table(), Duration.ofHours(1));
        // On a busy machine the first thread may be slower than who looks is patient.
        await().atMost(Duration.ofSeconds(30)).until(() -> status(health).equals(Status.UP));
        int before = asked.get();
        CountDownLatch held = new CountDownLatch(1);
        gate = held;
        assertThat(status(health)).isEqualTo(Status.UP);
        assertThat(status(health)).isEqualTo(Status.UP);
        await().atMost(Duration.ofSeconds(30)).until(() -> asked.get() > before);
        assertThat(asked).as("by one thread at a time").hasValue(before + 1);
        held.countDown();
    }

    @Test
    void isDownWhereTheTableWasNotReadFor() {
        StatusTableHealth health = new StatusTableHealth(table(), Duration.ZERO);
        CountDownLatch held = new CountDownLatch(1);
        gate = held;
        assertThat(status(health)).isEqualTo(Status.DOWN);
        held.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> status(health).equals(Status.UP));
    }

    private static Status status(StatusTableHealth health) {
        return health.health().getStatus();
    }

    /** A status table that answers when it is let. */
    private Runnable table() {
        return () -> {
            asked.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
