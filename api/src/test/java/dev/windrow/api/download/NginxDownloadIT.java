package dev.windrow.api.download;

import dev.windrow.api.ApiServer;
import dev.windrow.api.Nginx;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Behind nginx as most people set it up. */
class NginxDownloadIT extends DownloadContract {
    @TempDir
    private static Path folder;

    private static Nginx nginx;

    NginxDownloadIT() {
        super(ApiServer.Place.FOLDER, server -> nginx.port());
    }

    @BeforeAll
    static void start() throws IOException {
        Nginx.require();
        nginx = Nginx.before(ApiServer.empty().port(), folder);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (nginx != null) {
            nginx.stop();
        }
    }
}
