package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
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

    /** A statement in a message has line ends of its own. */
    @Test
    void isOneLineWhateverTheMessage() {
        assertThat(line("no such table: [select id\nfrom exports\r\n\nwhere 1]"))
                .endsWith(": no such table: [select id | from exports | where 1]" + System.lineSeparator())
                .hasLineCount(1);
        assertThat(line("one | line")).endsWith(": one | line" + System.lineSeparator());
    }

    /** Spring Boot's, which begins with an empty line. */
    @Test
    void leavesWhyAStartIsRefusedAsItIs() {
        String refusal = "\n\n****\nAPPLICATION FAILED TO START\n****\n\nDescription:\n\nwhy\n";

        assertThat(line(refusal)).contains(refusal);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsALongMessageOnce() {
        assertThat(line("a\n".repeat(300_000))).hasLineCount(1);
        assertThat(line("\n".repeat(300_000) + "x")).endsWith("x" + System.lineSeparator());
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
        return line("something", thrown);
    }

    private String line(String message) {
        return line(message, null);
    }

    private String line(String message, @Nullable Throwable thrown) {
        Logger logger = context.getLogger(LogPatternTest.class);
        return layout.doLayout(new LoggingEvent("here", logger, Level.ERROR, message, thrown, null));
    }
}
