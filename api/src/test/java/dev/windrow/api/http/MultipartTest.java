package dev.windrow.api.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MultipartTest {
    private static final ByteRange FIRST = new ByteRange(0, 9);
    private static final ByteRange SECOND = new ByteRange(50, 99);

    private final Multipart parts = new Multipart(List.of(FIRST, SECOND), 100, "between", "application/zip");

    @Test
    void saysWhatStandsAroundItsParts() {
        assertThat(parts.contentType()).isEqualTo("multipart/byteranges; boundary=between");
        assertThat(parts.head(SECOND))
                .asString(US_ASCII)
                .isEqualTo("\r\n--between\r\nContent-Type: application/zip\r\nContent-Range: bytes 50-99/100\r\n\r\n");
        assertThat(parts.tail()).asString(US_ASCII).isEqualTo("\r\n--between--\r\n");
    }

    @Test
    void knowsItsLengthBeforeTheFirstByteIsSent() {
        assertThat(parts.contentLength())
                .isEqualTo(parts.head(FIRST).length + 10 + parts.head(SECOND).length + 50 + parts.tail().length);
    }
}
