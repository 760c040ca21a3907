package dev.windrow.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JanitorTest {
    @TempDir
    private Path folder;

    private Yard yard;

    @BeforeEach
    void open() throws IOException {
        yard = new Yard(folder);
    }

    @AfterEach
    void close() {
        yard.close();
    }

    @Test
    void keepsTheFilesOfTheRunOfItsCheckpointAndOfWhatIsAboutToBePublished() throws IOException {
        Claim nothing = yard.running("w");
        yard.runs.handOver(nothing);
        Claim checkpointed = yard.claim("w");
        yard.checkpoint(checkpointed);
        yard.runs.handOver(checkpointed);
        Claim intended = yard.claim("w");
        yard.runs.intend(intended, Yard.artifact(intended), List.of(), null, Yard.NOW);
        yard.runs.handOver(intended);
        Claim current = yard.claim("w");
        for (Claim claim : new Claim[] {nothing, checkpointed, intended, current}) {
            yard.part(claim);
            yard.zip(claim);
            yard.blocks(claim);
        }

        yard.janitor(Yard.NOW).run();

        assertThat(yard.files())
                .containsExactlyInAnyOrder(
                        "work/" + checkpointed.fileName() + ".part",
                        "work/" + checkpointed.fileName() + ".blocks.part",
                        "work/" + intended.fileName() + ".part",
                        "work/" + intended.fileName() + ".blocks.part",
                        "work/" + current.fileName() + ".part",
                        "work/" + current.fileName() + ".blocks.part",
                        "artifacts/" + intended.fileName() + ".blocks",
                        "artifacts/" + intended.fileName() + ".zip");
    }

    @Test
    void removesWhatAWorkerOfAnotherStoreHasExpired() throws IOException {
        Claim claim = yard.running("w");
        yard.zip(claim);
        yard.complete(claim);
        yard.janitor(Yard.NOW).run();
        assertThat(yard.files()).containsExactly("artifacts/" + claim.fileName() + ".zip");

        yard.expiryElsewhere(folder.resolve("elsewhere"), Yard.NOW.plusSeconds(100))
                .run();
        assertThat(yard.export(claim).artifact()).isNull();
        assertThat(yard.files()).as("not by the other").isNotEmpty();
        yard.janitor(Yard.NOW).run();
        assertThat(yard.files()).isEmpty();
    }

    @Test
    void keepsOnlyWhatAWaitingExportGoesOnFrom() throws IOException {
        Claim first = yard.running("w");
        yard.checkpoint(first);
        yard.runs.handOver(first);
        Claim lost = yard.claim("w");
        yard.upkeep.lose(yard.upkeep.held().get(0));
        yard.part(first);
        yard.part(lost);

        yard.janitor(Yard.NOW).run();

        assertThat(yard.files()).containsExactly("work/" + first.fileName() + ".part");
    }

    @Test
    void keepsTheArtifactOfACompletedExportAloneHoweverYoungTheRestIs() throws IOException {
        Claim zombie = yard.running("w");
        yard.upkeep.lose(yard.upkeep.held().get(0));
        Claim winner = yard.claim("w");
        yard.complete(winner);
        yard.part(zombie);
        yard.zip(winner);
        yard.blocks(winner);
        yard.blocks(zombie);
        Files.writeString(folder.resolve("artifacts").resolve(zombie.fileName() + ".zip"), "just now");

        yard.janitor(Yard.NOW).run();

        assertThat(yard.files())
                .containsExactly(
                        "artifacts/" + winner.fileName() + ".blocks", "artifacts/" + winner.fileName() + ".zip");
    }

    @Test
    void removesEverythingOfAFailedACancelledAndADeletedExport() throws IOException {
        Claim failed = yard.running("w");
        yard.checkpoint(failed);
        yard.runs.fail(failed, new Failure(FailureCode.INTERNAL, "x"), Yard.NOW);
        Claim cancelled = yard.running("w");
        yard.exports.cancel(cancelled.id(), Yard.OWNER, Yard.NOW);
        Claim deleted = yard.running("w");
        yard.complete(deleted);
        yard.exports.delete(deleted.id(), Yard.OWNER);
        for (Claim claim : new Claim[] {failed, cancelled, deleted}) {
            yard.part(claim);
            yard.zip(claim);
            yard.blocks(claim);
        }

        yard.janitor(Yard.NOW).run();

        assertThat(yard.files()).isEmpty();
    }

    @Test
    void setsAsideWhatTheTableHasNeverKnownAndRemovesItLater() throws IOException {
        ExportId id = yard.nextId();
        Claim unknown = new Claim(id, 3);
        yard.part(unknown);
        yard.zip(unknown);
        yard.blocks(unknown);
        Yard.file(folder.resolve("artifacts/backup.zip"));
        Yard.file(folder.resolve("artifacts/README.txt"));
        Yard.file(yard.work.resolve("notes.txt"));

        yard.janitor(Yard.NOW).run();

        assertThat(yard.files())
                .containsExactlyInAnyOrder(
                        "quarantine/" + unknown.fileName() + ".part",
                        "quarantine/" + unknown.fileName() + ".zip",
                        "quarantine/" + unknown.fileName() + ".blocks.part",
                        "quarantine/" + unknown.fileName() + ".blocks",
                        "quarantine/backup.zip",
                        "artifacts/README.txt",
                        "work/notes.txt");
        yard.janitor(Yard.NOW.plus(Duration.ofDays(7)).minusSeconds(1)).run();
        assertThat(yard.files()).hasSize(7);
        yard.janitor(Yard.NOW.plus(Duration.ofDays(7)).plusSeconds(1)).run();
        assertThat(yard.files()).containsExactly("artifacts/README.txt", "work/notes.txt");
    }

    @Test
    void setsAsideWhatLaterClaimsMadeThanARestoredTableKnows() throws IOException {
        Claim runs = yard.running("w");
        Claim failed = failed();
        Claim expired = yard.running("w");
        yard.complete(expired);
        assertThat(yard.expire(Yard.NOW.plusSeconds(100))).isEqualTo(1);
        Set<String> later = new TreeSet<>();
        for (Claim claim : new Claim[] {runs, failed, expired}) {
            Claim third = new Claim(claim.id(), 3);
            yard.part(third);
            yard.zip(third);
            yard.blocks(third);
            later.add("quarantine/" + third.fileName() + ".blocks.part");
            later.add("quarantine/" + third.fileName() + ".blocks");
            later.add("quarantine/" + third.fileName() + ".part");
            later.add("quarantine/" + third.fileName() + ".zip");
        }

        yard.janitor(Yard.NOW).run();

        assertThat(yard.files()).isEqualTo(later);
    }

    @Test
    void putsNothingInThePlaceOfWhatIsSetAsideAlready() throws IOException {
        Claim unknown = new Claim(yard.nextId(), 1);
        yard.zip(unknown);
        Path before = yard.quarantine.resolve(unknown.fileName() + ".zip");
        Files.writeString(before, "another");

        yard.janitor(Yard.NOW).run();

        assertThat(before).hasContent("another");
        assertThat(yard.files()).contains("artifacts/" + unknown.fileName() + ".zip");
    }

    @Test
    void leavesAYoungFileThatNobodyKnowsForLater() throws IOException {
        Claim unknown = new Claim(yard.nextId(), 1);
        yard.part(unknown);

        yard.janitor(Yard.NOW.minusSeconds(3590)).run();

        assertThat(yard.files()).containsExactly("work/" + unknown.fileName() + ".part");
    }

    @Test
    void sweepsMoreFilesThanTheTableIsAskedForAtOnce() throws IOException {
        Claim needed = yard.running("w");
        yard.part(needed);
        for (int i = 0; i < 600; i++) {
            Claim deleted = new Claim(yard.nextId(), 1);
            yard.queue(deleted.id());
            yard.exports.delete(deleted.id(), Yard.OWNER);
            yard.part(deleted);
        }

        yard.janitor(Yard.NOW).run();

        assertThat(yard.files()).containsExactly("work/" + needed.fileName() + ".part");
    }

    @Test
    void sweepsOnPastWhatItCantMoveOrRemove() throws IOException {
        Claim unmovable = new Claim(yard.nextId(), 1);
        yard.part(unmovable);
        Files.createDirectory(yard.quarantine.resolve(unmovable.fileName() + ".part"));
        Claim unremovable = failed();
        Yard.file(Files.createDirectory(folder.resolve("artifacts/" + unremovable.fileName() + ".zip"))
                .resolve("full"));
        Path kept = Files.createDirectory(yard.quarantine.resolve("folder.part"));
        Yard.file(kept.resolve("full"));
        Files.setLastModifiedTime(kept, FileTime.from(Yard.NOW.minus(Duration.ofDays(8))));
        for (int i = 0; i < 9; i++) {
            Claim stray = failed();
            yard.part(stray);
            yard.zip(stray);
            Path old = yard.quarantine.resolve(stray.fileName() + ".zip");
            Yard.file(old);
            Files.setLastModifiedTime(old, FileTime.from(Yard.NOW.minus(Duration.ofDays(8))));
        }

        yard.janitor(Yard.NOW).run();

        assertThat(yard.files())
                .containsExactlyInAnyOrder(
                        "work/" + unmovable.fileName() + ".part",
                        "quarantine/" + unmovable.fileName() + ".part",
                        "artifacts/" + unremovable.fileName() + ".zip",
                        "quarantine/folder.part");
    }

    @Test
    void sweepsTheOtherFoldersWhereOneCantBeListed() throws IOException {
        Files.delete(yard.work);
        Claim stray = failed();
        yard.zip(stray);
        Path old = yard.quarantine.resolve("old.zip");
        Yard.file(old);
        Files.setLastModifiedTime(old, FileTime.from(Yard.NOW.minus(Duration.ofDays(8))));

        yard.janitor(Yard.NOW).run();

        Files.createDirectory(yard.work);
        assertThat(yard.files()).isEmpty();
    }

    /** What Java can list and not name, where the locale is C. */
    @Test
    void sweepsOnPastANameThatIsNoText() throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", ": > \"$(printf 'a\\377.part')\"")
                        .directory(yard.work.toFile())
                        .start()
                        .waitFor())
                .isZero();
        Claim stray = failed();
        yard.part(stray);
        yard.zip(stray);

        yard.janitor(Yard.NOW).run();

        assertThat(yard.files()).singleElement().asString().startsWith("work/a");
    }

    private Claim failed() {
        Claim claim = yard.running("w");
        yard.runs.fail(claim, new Failure(FailureCode.INTERNAL, "x"), Yard.NOW);
        return claim;
    }
}
