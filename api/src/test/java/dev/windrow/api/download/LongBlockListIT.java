package dev.windrow.api.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of archives of which nobody would wait for the gzip form. */
class LongBlockListIT {
    private final ApiServer server = ApiServer.empty(ApiServer.Place.FOLDER);
    private final Http http = new Http(server.port());

    @ParameterizedTest
    @CsvSource({"800000000, gzip", "800000001,"})
    void areSentAsTheyAre(long bytes, @Nullable String coding) throws IOException {
        String export = http.start("{\"dataset\":\"notes\"}").header("Location");
        complete(server.claim(), bytes);
        Answer answer = http.get(export + "/blocks", "Accept-Encoding", "gzip");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
        String tag = answer.header("ETag");
        assertThat(http.get(export + "/blocks", "Accept-Encoding", "gzip", "If-None-Match", tag)
                        .status())
                .isEqualTo(304);
    }

    /** With an archive of that length that takes no room. */
    private void complete(Export claimed, long bytes) throws IOException {
        Artifact artifact = Artifact.zip(
                        claimed.lastClaim(), bytes, "0".repeat(64), List.of(new Artifact.Entry("readings.csv", 7, 70)))
                .in(server.artifacts.name());
        server.artifacts.put(artifact.key(), new byte[0]);
        try (RandomAccessFile file = new RandomAccessFile(
                server.artifacts.localFile(artifact.key()).orElseThrow().toFile(), "rw")) {
            file.setLength(bytes);
        }
        server.artifacts.put(artifact.blocksKey(), "{}".getBytes(StandardCharsets.US_ASCII));
        server.complete(claimed, artifact);
    }
}
