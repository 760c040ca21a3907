package dev.windrow.api.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.api.Nginx;
import dev.windrow.testkit.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links of a server that is below a path of another, as {@code docs/downloads.md} has it. */
class NginxLinkIT {
    private static final String HEADERS =
            "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto $scheme;"
                    + " proxy_set_header X-Forwarded-Host $http_host; proxy_set_header X-Forwarded-Prefix /exports;";

    @TempDir
    private Path folder;

    @Test
    void leadThroughTheProxyToTheFile() throws IOException, InterruptedException {
        Nginx.require();
        ApiServer server = ApiServer.start("--server.forward-headers-strategy=native");
        Nginx nginx = Nginx.before(server.port(), folder, "/exports/", HEADERS);
        try {
            Http http = new Http(nginx.port());
            String export =
                    new Http(server.port()).start("{\"dataset\":\"notes\"}").header("Location");
            byte[] archive = {1, 2, 3};
            server.complete(server.claim(), archive);

            URI link = URI.create(
                    http.post("/exports" + export + "/links").json().path("url").asString());

            assertThat(link.toString()).startsWith("http://127.0.0.1:" + nginx.port() + "/exports/d/");
            assertThat(http.get(link.getRawPath()).bytes()).isEqualTo(archive);
        } finally {
            nginx.stop();
            server.stop();
        }
    }
}
