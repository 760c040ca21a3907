package dev.windrow.api.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.api.ApiServer.Place;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.AuditRow;
import dev.windrow.common.export.Artifact;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks plainly is sent to the bucket; everybody else gets from us what there always was. */
class RedirectIT {
    private final ApiServer server = ApiServer.empty(Place.REDIRECT);
    private final Http http = new Http(server.port());
    private final String export =
            http.start("{\"dataset\":\"notes\",\"fileName\":\"März; 2026\"}").header("Location");
    private final byte[] archive = new byte[300_000];

    @Test
    void sendsWhoAsksPlainlyToTheBucketForAShortTime() throws IOException {
        complete();
        Answer answer = http.get(export + "/file");
        assertThat(answer.status()).isEqualTo(307);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Length")).isEqualTo("0");
        assertThat(answer.header("ETag")).isNull();
        assertThat(answer.header("Content-Disposition")).isNull();
        assertThat(answer.header("Location")).contains("X-Amz-Expires=300&").contains("X-Amz-Signature=");
        Answer file = follow(answer);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.bytes()).isEqualTo(archive);
        assertThat(file.header("Content-Type")).isEqualTo("application/zip");
        assertThat(file.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"Maerz; 2026.zip\"; filename*=UTF-8''M%C3%A4rz%3B%202026.zip");
        assertThat(file.header("Cache-Control")).isEqualTo("private, no-transform");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, 0, 9",
        "bytes=100000-, 100000, 299999",
        "BYTES=299999-400000, 299999, 299999",
        "bytes=-7, 299993, 299999"
    })
    void sendsWhoAsksForOnePartThere(String range, int first, int last) throws IOException {
        complete();
        Answer answer = http.get(export + "/file", "Range", range);
        assertThat(answer.status()).isEqualTo(307);
        Answer part = follow(answer, "Range", range.toLowerCase(Locale.ROOT));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(archive, first, last + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "Range, 'bytes=0-9,20-29', 206",
        "Range, 'bytes=0-4,3-9', 206",
        "Range, items=0-1, 200",
        "Range, bytes=300000-, 416",
        "If-Range, TAG, 200",
        "If-Match, TAG, 200",
        "If-Match, '\"other\"', 412",
        "If-None-Match, TAG, 304",
        "If-None-Match, '\"other\"', 200",
        "If-Modified-Since, 'Wed, 31 Dec 2025 00:00:00 GMT', 200",
        "If-Unmodified-Since, 'Fri, 02 Jan 2026 00:00:00 GMT', 200",
        "Sec-Fetch-Mode, cors, 200",
    })
    void answersByItselfWhatTheBucketWouldAnswerOtherwise(String name, String value, int status) {
        Artifact artifact = complete();
        Answer answer = http.get(export + "/file", name, value.replace("TAG", "\"" + artifact.sha256() + "\""));
        assertThat(answer.status()).isEqualTo(status);
        if (status == 200) {
            assertThat(answer.bytes()).isEqualTo(archive);
            assertThat(answer.header("ETag")).isEqualTo("\"" + artifact.sha256() + "\"");
        }
    }

    @Test
    void answersHeadByItselfAndSendsTheLinksOfABrowserThere() throws IOException {
        complete();
        Answer head = http.send("HEAD", export + "/file", "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("300000");
        assertThat(head.header("Repr-Digest")).startsWith("sha-256=:");
        Answer clicked = http.get(export + "/file", "Sec-Fetch-Mode", "navigate");
        assertThat(clicked.status()).isEqualTo(307);
        URI link = URI.create(http.post(export + "/links").json().path("url").asString());
        assertThat(follow(http.get(link.getRawPath())).bytes()).isEqualTo(archive);
    }

    @Test
    void givesNoAddressThatIsGoodForLongerThanTheFile() {
        complete();
        server.clock.pass(Duration.ofDays(7).minusSeconds(60));
        assertThat(http.get(export + "/file").header("Location")).contains("X-Amz-Expires=60&");
        server.clock.pass(Duration.ofSeconds(60));
        assertThat(http.get(export + "/file").status()).isEqualTo(410);
    }

    @Test
    void asksForRightsAndForTheFileBeforeItSendsAnybodyThere() throws IOException {
        Artifact artifact = complete();
        assertThat(http.get(export + "/file", "X-Caller", "somebody export").status())
                .isEqualTo(404);
        server.artifacts.delete(artifact.key());
        Answer gone = http.get(export + "/file");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.header("Location")).isNull();
    }

    @Test
    void writesDownThatItSentSomebodyThere() {
        complete();
        http.get(export + "/file");
        http.get(export + "/file", "Range", "bytes=0-9");
        await().until(() -> outcomes().equals(List.of("redirect bytes 0-9/300000 10", "redirect null 300000")));
    }

    private List<String> outcomes() {
        String id = export.substring(export.lastIndexOf('/') + 1);
        return server.audit.list(AuditLog.Filter.ALL, null, 100).stream()
                .map(AuditRow::event)
                .filter(event -> id.equals(event.subject().export()))
                .filter(event -> event.outcome().equals("redirect"))
                .map(event -> "redirect " + event.amount().part() + " "
                        + event.amount().bytes())
                .toList();
    }

    private static Answer follow(Answer redirect, String... headers) throws IOException {
        URI address = URI.create(redirect.header("Location"));
        return new Http("http://" + address.getAuthority())
                .get(address.getRawPath() + "?" + address.getRawQuery(), headers);
    }

    private Artifact complete() {
        new Random(5).nextBytes(archive);
        return server.complete(server.claim(), archive);
    }
}
