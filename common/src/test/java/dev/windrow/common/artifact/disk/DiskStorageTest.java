package dev.windrow.common.artifact.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.disk.DiskStorage.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskStorageTest {
    private static final int BALLAST = 1 << 16;
    private static final Limits NONE = new Limits(0L, null);

    @TempDir
    Path home;

    @BeforeEach
    void makeFolders() throws IOException {
        Files.createDirectories(home.resolve("work"));
        Files.createDirectories(home.resolve("artifacts"));
    }

    @Test
    void leavesTheReserveAlone() throws Exception {
        long disk = Files.getFileStore(home).getTotalSpace();

        assertThat(storage(NONE).left()).isPositive();
        assertThat(storage(new Limits(disk, null)).left()).isNegative();
    }

    @Test
    void countsWhatWorkAndArtifactsHoldAgainstTheBudget() throws Exception {
        Files.write(home.resolve("work/a.part"), new byte[400]);
        Files.write(home.resolve("artifacts/b.zip"), new byte[300]);
        Files.write(home.resolve("windrow.db"), new byte[100]);

        assertThat(storage(new Limits(0L, 1_000L)).left()).isEqualTo(300);
        assertThat(storage(new Limits(0L, 600L)).left()).isEqualTo(-100);
    }

    @Test
    void refusesLimitsBelowZero() {
        assertThatThrownBy(() -> new Limits(-1L, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(null, -1L)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesUpTheBallastAndPutsItByAgain() throws Exception {
        DiskStorage storage = storage(NONE);
        storage.restock();
        assertThat(ballast()).hasSize(BALLAST);

        storage.relieve();
        assertThat(ballast()).doesNotExist();
        storage.relieve();

        storage.restock();
        assertThat(ballast()).hasSize(BALLAST);
    }

    @Test
    void putsByNothingThatAFileSystemCouldPress() throws Exception {
        storage(NONE).restock();

        java.util.zip.Deflater deflater = new java.util.zip.Deflater();
        deflater.setInput(Files.readAllBytes(home.resolve("ballast")));
        deflater.finish();
        assertThat(deflater.deflate(new byte[2 * BALLAST])).isGreaterThan(BALLAST * 9 / 10);
        deflater.end();
    }

    @Test
    void completesABallastWhoseWriterWasKilled() throws Exception {
        Files.write(home.resolve("ballast"), new byte[BALLAST / 2]);

        storage(NONE).restock();

        assertThat(ballast()).hasSize(BALLAST);
    }

    @Test
    void putsByNothingWhereTheReserveWouldPayForIt() throws Exception {
        DiskStorage storage = storage(new Limits(Files.getFileStore(home).getTotalSpace(), null));

        storage.restock();

        assertThat(home.resolve("ballast")).doesNotExist();
    }

    private java.io.File ballast() {
        return home.resolve("ballast").toFile();
    }

    private DiskStorage storage(Limits limits) throws IOException {
        return new DiskStorage(
                home.resolve("work"), home.resolve("artifacts"), new Ballast(home.resolve("ballast"), BALLAST), limits);
    }
}
