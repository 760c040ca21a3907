package dev.windrow.common.artifact.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.artifact.DirectLinks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class S3LinksIT {
    private static final DirectLinks.Headers HEADERS = new DirectLinks.Headers(
            "application/zip",
            "attachment; filename=\"orders.zip\"; filename*=UTF-8''Auftr%C3%A4ge.zip",
            "private, no-store");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private S3Bucket bucket;

    @BeforeEach
    void open() throws IOException {
        bucket = Buckets.open(Buckets.place());
        bucket.artifacts().publish(Files.writeString(folder.resolve("x.part"), "0123456789"), "x.zip");
    }

    @AfterEach
    void close() {
        bucket.close();
    }

    private URI link(String key) throws IOException {
        return bucket.links().to(key, HEADERS, Duration.ofMinutes(5)).orElseThrow();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void givesAnArtifactWithItsHeaders() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(link("x.zip")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("0123456789");
        assertThat(answer.headers().firstValue("Content-Type")).contains(HEADERS.contentType());
        assertThat(answer.headers().firstValue("Content-Disposition")).contains(HEADERS.contentDisposition());
        assertThat(answer.headers().firstValue("Cache-Control")).contains(HEADERS.cacheControl());
    }

    @Test
    void givesARange() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(link("x.zip")).header("Range", "bytes=2-4"));

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo("234");
        assertThat(answer.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
    }

    @Test
    void isForOneArtifactAndForReadingAlone() throws Exception {
        URI link = link("x.zip");

        assertThat(send(HttpRequest.newBuilder(URI.create(link.toString().replace("x.zip", "y.zip"))))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(HttpRequest.newBuilder(link).DELETE()).statusCode()).isEqualTo(403);
        assertThat(send(HttpRequest.newBuilder(link).PUT(HttpRequest.BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(bucket.artifacts().find("x.zip")).contains(10L);
    }

    @Test
    void leadsNowhereWhereThereIsNone() throws Exception {
        assertThat(send(HttpRequest.newBuilder(link("y.zip"))).statusCode()).isEqualTo(404);
    }

    @Test
    void endsWithItsTime() throws Exception {
        String link = link("x.zip").toString();

        assertThat(link).contains("X-Amz-Expires=300");
    }
}
