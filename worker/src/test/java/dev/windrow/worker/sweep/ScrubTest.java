package dev.windrow.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Artifact.Store;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrubTest {
    private static final int SLICE = 100_000;
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private EndedExports ended;
    private Scrub scrub;

    @BeforeEach
    void open() throws IOException {
        ended = new EndedExports(folder);
        scrub = new Scrub(ended.retention, ended.artifacts, ended.own(true), SLICE, ended.clock);
    }

    @AfterEach
    void close() {
        ended.close();
    }

    @Test
    void leavesASoundFileAlone() throws IOException {
        Claim claim = ended.completed(bytes(300_000));
        ended.clock.pass(DAY);
        turns(9);
        assertThat(state(claim)).isEqualTo(State.COMPLETED);
        assertThat(ended.artifacts.keys()).hasSize(2);
    }

    @Test
    void findsASingleFlippedBitOnceADay() throws IOException {
        Claim claim = ended.completed(bytes(300_000));
        flip(claim, 299_999);
        Duration rest = Duration.ofSeconds(10);
        ended.clock.pass(DAY.minus(rest));
        turns(9);
        assertThat(state(claim)).isEqualTo(State.COMPLETED);
        ended.clock.pass(rest);
        turns(9);
        isCondemned(claim);
    }

    @Test
    void readsASliceATurn() throws IOException {
        Claim claim = ended.completed(bytes(300_000));
        flip(claim, 0);
        ended.clock.pass(DAY);
        turns(2);
        assertThat(state(claim)).isEqualTo(State.COMPLETED);
        turns(3);
        isCondemned(claim);
    }

    @Test
    void findsAFileThatIsShortLongOrMissing() throws IOException {
        Claim cut = ended.completed(bytes(1_000));
        Claim grown = ended.completed(bytes(1_000));
        Claim missing = ended.completed(bytes(1_000));
        Files.write(ended.file(cut), Arrays.copyOf(bytes(1_000), 999));
        Files.write(ended.file(grown), new byte[] {1}, StandardOpenOption.APPEND);
        Files.delete(ended.file(missing));
        ended.clock.pass(DAY);
        turns(9);
        isCondemned(cut);
        isCondemned(grown);
        isCondemned(missing);
    }

    @Test
    void readsEachFileInItsTurn() throws IOException {
        Claim sound = ended.completed(bytes(10));
        ended.clock.pass(Duration.ofMillis(1));
        Claim damaged = ended.completed(bytes(10));
        flip(damaged, 3);
        ended.clock.pass(DAY);
        turns(9);
        assertThat(state(sound)).isEqualTo(State.COMPLETED);
        isCondemned(damaged);
    }

    @Test
    void bearsWithAnExportThatIsDeletedWhileItsFileIsRead() throws IOException {
        Claim claim = ended.completed(bytes(300_000));
        flip(claim, 0);
        ended.clock.pass(DAY);
        turns(1);
        ended.exports.delete(claim.id(), "ann");
        turns(9);
        assertThat(ended.find(claim)).isEmpty();
    }

    @Test
    void leavesTheDamagedFileToTheNextExpiry() throws IOException {
        Claim claim = ended.completed(bytes(10));
        flip(claim, 3);
        ended.clock.pass(DAY);
        turns(9);
        new Expiry(ended.retention, ended.artifacts, Duration.ofDays(90), ended.clock).run();
        assertThat(ended.artifacts.keys()).isEmpty();
        isCondemned(claim);
    }

    @Test
    void leavesWhatIsInAnotherStoreToWhoSeesThatOne() throws IOException {
        Claim theirs = ended.completed(bytes(1_000), "another");
        Files.delete(ended.file(theirs));
        ended.clock.pass(DAY);
        turns(9);
        assertThat(state(theirs)).isEqualTo(State.COMPLETED);
        assertThat(ended.retention.takeUnchecked(
                        ended.clock.instant(), ended.clock.instant(), new Store("another", false)))
                .as("it was not said to be checked")
                .isPresent();
    }

    @Test
    void asksForAFileWithoutAStoreOnlyWhereThereIsOneStore() throws IOException {
        Claim unnamed = ended.completed(bytes(1_000), null);
        Files.delete(ended.file(unnamed));
        ended.clock.pass(DAY);
        scrub = new Scrub(ended.retention, ended.artifacts, ended.own(false), SLICE, ended.clock);
        turns(9);
        assertThat(state(unnamed)).isEqualTo(State.COMPLETED);
        scrub = new Scrub(ended.retention, ended.artifacts, ended.own(true), SLICE, ended.clock);
        turns(9);
        isCondemned(unnamed);
    }

    @Test
    void condemnsNothingOfAFolderWhoseDiskIsGoneFromUnderIt() throws IOException {
        Claim claim = ended.completed(bytes(1_000));
        Path store = ended.file(claim).getParent();
        Files.move(store, folder.resolve("unmounted"));
        Files.createDirectory(store);
        ended.clock.pass(DAY);
        turns(9);
        assertThat(state(claim)).isEqualTo(State.COMPLETED);
    }

    private void isCondemned(Claim claim) {
        Export export = ended.find(claim).orElseThrow();
        assertThat(export.state()).isEqualTo(State.EXPIRED);
        assertThat(export.times().expires()).isEqualTo(ended.clock.instant());
        assertThat(export.outcome().failure())
                .isEqualTo(new Failure(
                        FailureCode.INTERNAL,
                        "The stored file was damaged, so it was withdrawn; a retry makes it anew."));
    }

    private void turns(int turns) {
        for (int i = 0; i < turns; i++) {
            scrub.run();
        }
    }

    private void flip(Claim claim, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(ended.file(claim));
        bytes[at] ^= 1;
        Files.write(ended.file(claim), bytes);
    }

    private State state(Claim claim) {
        return ended.find(claim).orElseThrow().state();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }
}
