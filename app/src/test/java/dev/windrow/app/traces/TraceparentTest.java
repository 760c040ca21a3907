package dev.windrow.app.traces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceparentTest {
    private static final String WRITTEN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

    @Test
    void isReadAsItWasWritten() {
        for (String flags : new String[] {"00", "01"}) {
            Traceparent read = Traceparent.read(WRITTEN + flags).orElseThrow();
            assertThat(read.sampled()).isEqualTo(flags.equals("01"));
            assertThat(read).hasToString(WRITTEN + flags);
        }
        assertThat(Traceparent.read(WRITTEN + "03").orElseThrow().sampled()).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                WRITTEN,
                WRITTEN + "0g",
                WRITTEN + "01-",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319cxb7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331x01"
            })
    void isNothingElse(String text) {
        assertThat(Traceparent.read(text)).isEmpty();
    }
}
