package dev.windrow.app.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RecentAnswerTest {
    private final AtomicLong nanos = new AtomicLong(1);
    private final AtomicInteger asked = new AtomicInteger();

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void isAskedForOnceInFiveSeconds() {
        RecentAnswer<Integer> answer = new RecentAnswer<>(asked::incrementAndGet, nanos::get);

        awaitAnswer(answer, 1);
        pass(Duration.ofMillis(4_900));
        assertThat(answer.get()).isEqualTo(1);
        pass(Duration.ofMillis(200));
        awaitAnswer(answer, 2);
    }

    @Test
    void isAskedForLessOftenWhereItTakesLong() {
        RecentAnswer<Integer> answer = new RecentAnswer<>(
                () -> {
                    pass(Duration.ofSeconds(1));
                    return asked.incrementAndGet();
                },
                nanos::get);

        awaitAnswer(answer, 1);
        pass(Duration.ofSeconds(49));
        assertThat(answer.get()).isEqualTo(1);
        pass(Duration.ofSeconds(2));
        awaitAnswer(answer, 2);
    }

    @Test
    void isNoneWhileTheDatabaseIsAway() {
        RecentAnswer<Integer> answer = new RecentAnswer<>(
                () -> {
                    if (asked.incrementAndGet() == 2) {
                        throw new IllegalStateException("away");
                    }
                    return asked.get();
                },
                nanos::get);

        awaitAnswer(answer, 1);
        pass(Duration.ofSeconds(6));
        await().untilAsserted(() -> assertThat(answer.get()).isNull());
        pass(Duration.ofSeconds(6));
        awaitAnswer(answer, 3);
    }

    /** Whoever looks meanwhile has the answer before, for a minute, and no second question is asked. */
    @Test
    void holdsWhileTheNextOneDoesNotCome() {
        CountDownLatch never = new CountDownLatch(1);
        RecentAnswer<Integer> answer = new RecentAnswer<>(
                () -> {
                    if (asked.incrementAndGet() == 2) {
                        awaitQuietly(never);
                    }
                    return asked.get();
                },
                nanos::get);

        awaitAnswer(answer, 1);
        pass(Duration.ofSeconds(6));
        assertThat(answer.get()).isEqualTo(1);
        pass(Duration.ofSeconds(70));
        assertThat(answer.get()).isNull();
        assertThat(asked).hasValue(2);
        never.countDown();
        awaitAnswer(answer, 2);
    }

    /** The thread that asks may be slower than who looks is patient, on a busy machine. */
    private static void awaitAnswer(RecentAnswer<Integer> answer, int wanted) {
        await().untilAsserted(() -> assertThat(answer.get()).isEqualTo(wanted));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
