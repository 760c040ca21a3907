package dev.windrow.worker.sweep;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SweeperTest {
    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class, NoClassDefFoundError.class})
    void sweepsOnWhateverASweepThrows(Class<? extends Throwable> thrown) throws Exception {
        Throwable failure = thrown.getConstructor().newInstance();
        AtomicInteger turns = new AtomicInteger();
        try (Sweeper sweeper = new Sweeper()) {
            sweeper.every(Duration.ofMillis(1), () -> {
                if (turns.incrementAndGet() <= 2) {
                    SweeperTest.<RuntimeException>rethrow(failure);
                }
            });

            await().atMost(Duration.ofSeconds(60)).until(() -> turns.get() > 2);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable failure) throws T {
        throw (T) failure;
    }
}
