package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.ExtendedWhitespaceThrowableProxyConverter;
import org.springframework.core.io.ClassPathResource;

class LogPatternTest {
    private static final int FEW_KILOBYTES = 8 * 1024;

    private final LoggerContext context = new LoggerContext();
    private final PatternLayout layout = new PatternLayout();

    LogPatternTest() throws IOException {
        Object pattern = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yaml"))
                .get(0)
                .getProperty("logging.pattern.console");
        context.setMDCAdapter(new LogbackMDCAdapter());
        layout.setContext(context);
        layout.getInstanceConverterMap().put("wEx", ExtendedWhitespaceThrowableProxyConverter::new);
        layout.setPattern(String.valueOf(pattern));
        layout.start();
    }

    @Test
    void cutsADeepStackTrace() {
        String line = line(catchOverflow());

        assertThat(line).contains("StackOverflowError", "recurse").hasSizeLessThan(FEW_KILOBYTES);
    }

    @Test
    void isOneLineWithWhatThrewIt() {
        IllegalStateException e = new IllegalStateException("why\r\n\n", new IOException("cause\nmore"));

        String line = line(e);

        assertThat(line).contains("something | ", "IllegalStateException: why | ", "IOException: cause | more | ");
        assertThat(line.strip()).doesNotEndWith("|").hasLineCount(1);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsAMessageOfLineEndsOnce() {
        String line = line(new IllegalStateException("\n".repeat(300_000) + "x"));

        assertThat(line).hasSizeLessThan(FEW_KILOBYTES);
    }

    private static Throwable catchOverflow() {
        try {
            recurse(0);
            throw new AssertionError("did not overflow");
        } catch (StackOverflowError e) {
            return e;
        }
    }

    private static int recurse(int depth) {
        return depth < 0 ? 0 : recurse(depth + 1) + 1;
    }

    private String line(Throwable thrown) {
        Logger logger = context.getLogger(LogPatternTest.class);
        return layout.doLayout(new LoggingEvent("here", logger, Level.ERROR, "something", thrown, null));
    }
}
