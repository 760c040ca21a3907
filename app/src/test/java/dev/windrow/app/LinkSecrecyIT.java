package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Signed links in the whole product: across restarts, and out of every log. */
final class LinkSecrecyIT {
    @TempDir
    Path folder;

    @Test
    void aLinkAndItsEndOutliveARestartAndAreInNoLog() throws IOException {
        Path home = folder.resolve("home");
        Path logs = folder.resolve("logs");
        String[] settings = {
            "--server.tomcat.accesslog.enabled=true",
            "--server.tomcat.accesslog.directory=" + logs,
            "--server.tomcat.accesslog.buffered=false",
            "--logging.threshold.console=off",
            "--logging.file.name=" + logs.resolve("windrow.log"),
            "--logging.threshold.file=info"
        };
        String link;
        String ended;
        try (RunningWindow windrow = RunningWindow.sensors(home, settings)) {
            JsonNode export = windrow.client.complete("{\"dataset\":\"sensors\"}");
            Answer made = windrow.client.send("POST", export.at("/links/self").asString() + "/links", "");
            assertThat(made.status()).isEqualTo(201);
            String links = export.at("/links/self").asString() + "/links";
            ended = URI.create(made.json().path("url").asString()).getRawPath();
            assertThat(windrow.client.get(ended).status()).isEqualTo(200);
            assertThat(windrow.client.send("DELETE", links, "").status()).isEqualTo(204);
            made = windrow.client.send("POST", links, "");
            link = URI.create(made.json().path("url").asString()).getRawPath();
            assertThat(windrow.client.get(link).status()).isEqualTo(200);
            assertThat(windrow.client
                            .get(link.substring(0, link.lastIndexOf('/')))
                            .status())
                    .isEqualTo(404);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("links.secret"))))
                .isEqualTo("rw-------");
        try (RunningWindow windrow = RunningWindow.sensors(home, settings)) {
            assertThat(windrow.client.get(link).status()).isEqualTo(200);
            assertThat(windrow.client.get(ended).status()).isEqualTo(410);
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                all.append(Files.readString(file));
            }
        }
        assertThat(all)
                .contains("POST /api/v1/exports", "has a link until", "downloaded: bytes 0-")
                .doesNotContain("/d/")
                .doesNotContain(link.split("/")[2])
                .doesNotContain(ended.split("/")[2]);
    }
}
