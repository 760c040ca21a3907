package dev.windrow.api.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Artifact;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Archives that a worker has put into another store than the one that the server sees. */
class ElsewhereIT {
    private static final byte[] ARCHIVE = "not this server's".getBytes(StandardCharsets.US_ASCII);

    private final ApiServer server = ApiServer.empty();
    private final Http http = new Http(server.port());
    private final String path = http.start("{\"dataset\":\"notes\"}").header("Location");
    private final Artifact artifact = server.complete(server.claim(), "another", ARCHIVE);

    @Test
    void areToBeAskedForAgainAndStayCompleted() throws IOException {
        server.artifacts.delete(artifact.key());
        String link = http.post(path + "/links").json().path("url").asString();
        for (String file : new String[] {
            path + "/file",
            path + "/blocks",
            path + "/entries/readings.csv",
            path + "/entries",
            link.substring(link.indexOf("/d/"))
        }) {
            Answer answer = http.get(file);
            assertThat(answer.status()).as(file).isEqualTo(503);
            assertThat(answer.type()).isEqualTo("/problems/unavailable");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.json().path("detail").asString())
                    .isEqualTo("The file is not within reach of the server that was asked; ask again, which may reach"
                            + " another.");
            assertThat(answer.text()).doesNotContain("another\"", artifact.key());
        }
        assertThat(http.get(path + "/file.sha256").status()).isEqualTo(200);
        assertThat(http.get(path).json().path("state").asString()).isEqualTo("completed");
    }

    @Test
    void areNotJudgedByWhatLiesUnderTheirName() {
        server.artifacts.put(artifact.key(), new byte[] {1});
        assertThat(http.get(path + "/file").status()).isEqualTo(503);
        assertThat(http.get(path).json().path("state").asString()).isEqualTo("completed");
        server.artifacts.put(artifact.key(), ARCHIVE);
        assertThat(http.get(path + "/file").text()).as("a copy will do").isEqualTo("not this server's");
    }
}
