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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A list of blocks that can't be opened, beside an archive that can. */
class UnreadableListIT {
    private static final byte[] ARCHIVE = "an archive".getBytes(StandardCharsets.US_ASCII);

    /** Its own, since what it says once a minute another test may just have heard. */
    private final ApiServer server = ApiServer.start();

    private final Http http = new Http(server.port());
    private final String export = http.start("{\"dataset\":\"notes\"}").header("Location");
    private final Artifact artifact = server.complete(server.claim(), ARCHIVE);
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.windrow.api.archive.StoredArchives");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    /** A link that leads to itself can be opened by nobody, whoever runs the test. */
    @BeforeEach
    void makesItUnreadable() throws IOException {
        Path list = server.artifacts.localFile(artifact.blocksKey()).orElseThrow();
        Files.delete(list);
        Files.createSymbolicLink(list, list);
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.ERROR);
    }

    @AfterEach
    void stops() {
        logger.setLevel(null);
        logger.detachAppender(log);
        server.stop();
    }

    @Test
    void isAsGoodAsNone() {
        Answer answer = http.get(export + "/blocks");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo("/problems/not-found");
        assertThat(answer.text())
                .contains("The list of the archive's blocks is not there; download the archive.")
                .doesNotContain(artifact.blocksKey());
        assertThat(log.list).singleElement().asString().contains("the list of the blocks of export", "can't be opened");
        assertThat(http.get(export + "/file").bytes()).isEqualTo(ARCHIVE);
        assertThat(http.get(export).json().path("state").asString()).isEqualTo("completed");
    }

    @Test
    void isToldOnceAMinuteAlsoByAClockThatIsSetBack() {
        http.get(export + "/blocks");
        server.clock.pass(Duration.ofSeconds(59));
        http.get(export + "/blocks");
        assertThat(log.list).hasSize(1);
        server.clock.pass(Duration.ofSeconds(1));
        http.get(export + "/blocks");
        assertThat(log.list).hasSize(2);
        server.clock.pass(Duration.ofHours(-1));
        http.get(export + "/blocks");
        assertThat(log.list).hasSize(3);
    }
}
