package dev.windrow.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryTest {
    private static final Duration RECORDS_KEPT = Duration.ofDays(90);

    @TempDir
    private Path folder;

    private EndedExports ended;
    private Expiry expiry;

    @BeforeEach
    void open() throws IOException {
        ended = new EndedExports(folder);
        expiry = new Expiry(ended.retention, ended.artifacts, RECORDS_KEPT, ended.clock);
    }

    @AfterEach
    void close() {
        ended.close();
    }

    @Test
    void removesAFileOnceItsTimeIsOverAndKeepsTheRecord() throws IOException {
        Claim claim = ended.completed(new byte[] {1});
        ended.clock.pass(EndedExports.FILES_KEPT.minusMillis(1));
        expiry.run();
        assertThat(state(claim)).isEqualTo(State.COMPLETED);
        assertThat(ended.artifacts.keys())
                .containsExactlyInAnyOrder(claim.fileName() + ".zip", claim.fileName() + ".blocks");

        ended.clock.pass(Duration.ofMillis(1));
        expiry.run();

        assertThat(state(claim)).isEqualTo(State.EXPIRED);
        assertThat(ended.find(claim)).map(Export::artifact).isEmpty();
        assertThat(ended.artifacts.keys()).isEmpty();
    }

    @Test
    void removesTheFileThatAnEarlierSweepDiedBefore() throws IOException {
        Claim claim = ended.completed(new byte[] {1});
        ended.clock.pass(EndedExports.FILES_KEPT);
        ended.retention.expire(ended.clock.instant(), ended.clock.instant().minus(RECORDS_KEPT));
        expiry.run();
        assertThat(ended.artifacts.keys()).isEmpty();
        assertThat(ended.retention.leftovers(10)).isEmpty();
        assertThat(state(claim)).isEqualTo(State.EXPIRED);
    }

    @Test
    void letsADownloadThatHasBegunFinish() throws IOException {
        Claim claim = ended.completed(new byte[] {1, 2, 3});
        try (SeekableByteChannel download = ended.artifacts.open(claim.fileName() + ".zip")) {
            ended.clock.pass(EndedExports.FILES_KEPT);
            expiry.run();
            assertThat(ended.artifacts.keys()).isEmpty();
            ByteBuffer bytes = ByteBuffer.allocate(4);
            assertThat(download.read(bytes)).isEqualTo(3);
        }
    }

    @Test
    void forgetsARecordAfterItsTime() {
        Claim claim = ended.running();
        ended.exports.cancel(claim.id(), "ann", ended.clock.instant());
        ended.clock.pass(RECORDS_KEPT.minusMillis(1));
        expiry.run();
        assertThat(ended.find(claim)).isPresent();
        ended.clock.pass(Duration.ofMillis(1));
        expiry.run();
        assertThat(ended.find(claim)).isEmpty();
    }

    @Test
    void takesTheFileAlongWhereRecordsAreKeptForLess() throws IOException {
        Claim claim = ended.completed(new byte[] {1});
        ended.clock.pass(Duration.ofHours(1));
        new Expiry(ended.retention, ended.artifacts, Duration.ofHours(1), ended.clock).run();
        assertThat(ended.artifacts.keys()).isEmpty();
        assertThat(ended.find(claim)).isEmpty();
    }

    private State state(Claim claim) {
        return ended.find(claim).orElseThrow().state();
    }
}
