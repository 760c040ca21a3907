package dev.windrow.api.download;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Artifact;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A list of blocks that can't be opened, beside an archive that can. */
class UnreadableListIT {
    private static final byte[] ARCHIVE = "an archive".getBytes(StandardCharsets.US_ASCII);

    private final ApiServer server = ApiServer.empty(ApiServer.Place.FOLDER);
    private final Http http = new Http(server.port());
    private final String export = http.start("{\"dataset\":\"notes\"}").header("Location");
    private final Artifact artifact = server.complete(server.claim(), ARCHIVE);

    /** A link that leads to itself can be opened by nobody, whoever runs the test. */
    @Test
    void isAsGoodAsNone() throws IOException {
        Path list = server.artifacts.localFile(artifact.blocksKey()).orElseThrow();
        Files.delete(list);
        Files.createSymbolicLink(list, list);
        // Such a line is written once a minute.
        server.clock.pass(Duration.ofMinutes(2));
        Logger logger = (Logger) LoggerFactory.getLogger("dev.windrow.api.archive.StoredArchives");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.ERROR);
        Answer answer;
        try {
            answer = http.get(export + "/blocks");
        } finally {
            logger.setLevel(null);
            logger.detachAppender(log);
        }
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo("/problems/not-found");
        assertThat(answer.text())
                .contains("The list of the archive's blocks is not there; download the archive.")
                .doesNotContain(artifact.blocksKey());
        assertThat(log.list).singleElement().asString().contains("the list of the blocks of export", "can't be opened");
        assertThat(http.get(export + "/file").bytes()).isEqualTo(ARCHIVE);
        assertThat(http.get(export).json().path("state").asString()).isEqualTo("completed");
    }
}
