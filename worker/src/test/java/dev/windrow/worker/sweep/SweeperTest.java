package dev.windrow.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class SweeperTest {
    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class, NoClassDefFoundError.class})
    void sweepsOnWhateverASweepThrowsAndSaysSoOnce(Class<? extends Throwable> thrown) throws Exception {
        Throwable failure = thrown.getConstructor().newInstance();
        AtomicInteger turns = new AtomicInteger();
        Logger logger = (Logger) LoggerFactory.getLogger(ThrottledLog.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try (Sweeper sweeper = new Sweeper()) {
            sweeper.every(Duration.ofMillis(1), () -> {
                if (turns.incrementAndGet() <= 2) {
                    SweeperTest.<RuntimeException>rethrow(failure);
                }
            });

            await().atMost(Duration.ofSeconds(60)).until(() -> turns.get() > 2);
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .singleElement()
                .asString()
                .contains("failed, and will be tried again");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable failure) throws T {
        throw (T) failure;
    }
}
