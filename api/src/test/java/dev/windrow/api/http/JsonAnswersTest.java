package dev.windrow.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

class JsonAnswersTest {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String TAG = "\"tag\"";

    private final HttpHeaders more = new HttpHeaders();

    private ResponseEntity<byte[]> fresh(String... ifNoneMatch) {
        more.set(HttpHeaders.RETRY_AFTER, "3");
        return JsonAnswers.fresh(BODY, TAG, List.of(ifNoneMatch), more);
    }

    @Test
    void sendsTheBodyWithItsTagToWhoeverHasAnother() {
        ResponseEntity<byte[]> answer = fresh("\"other\"");

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getBody()).isEqualTo(BODY);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
        assertHeaders(answer);
    }

    @Test
    void sendsNoBodyToWhoeverHasItAlready() {
        ResponseEntity<byte[]> answer = fresh(TAG);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.NOT_MODIFIED);
        assertThat(answer.getBody()).isNull();
        assertThat(answer.getHeaders().getContentType()).isNull();
        assertHeaders(answer);
    }

    private static void assertHeaders(ResponseEntity<byte[]> answer) {
        assertThat(answer.getHeaders().getETag()).isEqualTo(TAG);
        assertThat(answer.getHeaders().getCacheControl()).isEqualTo("private, no-cache");
        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("3");
    }

    /** As a byte generator would not do. */
    @Test
    void writesHalfASurrogatePairAsAQuestionMark() {
        assertThat(new JsonAnswers().write("a\ud83d"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("\"a?\"");
    }
}
