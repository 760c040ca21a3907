package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.windrow.testkit.Digests;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ArchiveWriterTest {
    private final Sample sample = Sample.random();
    private final DeflatePool pool = new DeflatePool(2);

    @TempDir
    Path folder;

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void saysWhatItWrote() throws IOException {
        Sealed sealed;
        List<ReadBack> read;
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            sample.appendTo(writer);
            read = writer.readBack(bytes -> {});
            sealed = Sample.finish(writer, file());
            assertThat(writer.length()).isLessThan(sealed.bytes());
        }

        assertThat(sealed.bytes()).isEqualTo(Files.size(file()));
        assertThat(sealed.sha256()).isEqualTo(Digests.hex(Files.readAllBytes(file())));
        assertThat(read)
                .containsExactlyElementsOf(sample.entries().stream()
                        .map(entry -> new ReadBack(entry.name(), entry.bytes().length, Digests.hex(entry.bytes())))
                        .toList());
    }

    @Test
    void tellsHowFarItHasRead() throws IOException {
        AtomicLong readBack = new AtomicLong();
        AtomicLong sealing = new AtomicLong();
        long data;
        Sealed sealed;
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            sample.appendTo(writer);
            data = writer.sync().entries().stream()
                    .mapToLong(ArchiveState.Entry::compressedBytes)
                    .sum();
            writer.readBack(readBack::addAndGet);
            sealed = writer.finish(Sample.blockList(file()), sealing::addAndGet);
        }

        assertThat(readBack).hasValue(data);
        assertThat(sealing).hasValue(sealed.bytes());
    }

    @Test
    void anAppendOfNothingMakesNoBlock() throws IOException {
        byte[] row = Sample.rows(new Random(1), 100);
        byte[] with = Sample.of("a", row, new byte[0], row).written(folder.resolve("with.zip"), Sample.OPTIONS, pool);
        byte[] without = Sample.of("a", row, row).written(folder.resolve("without.zip"), Sample.OPTIONS, pool);

        assertThat(with).isEqualTo(without);
    }

    @Test
    void appendedBytesAreCopied() throws IOException {
        byte[] reused = new byte[100_000];
        Random random = new Random(sample.seed());
        List<byte[]> blocks = new ArrayList<>();
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            writer.beginEntry("a");
            for (int i = 0; i < 10; i++) {
                random.nextBytes(reused);
                blocks.add(reused.clone());
                writer.append(reused, 0, reused.length);
            }
            writer.endEntry();
            Sample.finish(writer, file());
        }

        new Sample(sample.seed(), List.of(new Sample.Entry("a", blocks))).assertIn(file());
    }

    @Test
    void waitsForRoomWhenTwoBlocksMoreThanThePoolHasThreadsAreOnTheirWay() throws IOException {
        byte[] slow = Sample.noise(new Random(1), 1 << 20);
        ArchiveWriter.Options smallest = new ArchiveWriter.Options(9, Instant.EPOCH);
        try (ArchiveWriter writer = ArchiveWriter.create(file(), smallest, pool)) {
            writer.beginEntry("a");
            for (int i = 0; i < 20; i++) {
                writer.append(slow, 0, slow.length);
            }
            writer.endEntry();

            assertThat(writer.restingCapacity()).isLessThan(4 * (3L << 20));
        }
    }

    @Test
    void doesNotKeepTheMemoryOfAnUnusuallyLargeBlock() throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            writer.beginEntry("a");
            writer.append(Sample.noise(new Random(1), 40 << 20), 0, 40 << 20);
            writer.append(new byte[1 << 20], 0, 1 << 20);
            writer.endEntry();

            assertThat(writer.restingCapacity()).isBetween(1L << 20, 3L << 20);
        }
    }

    @Test
    void refusesAFileThatExists() throws IOException {
        Files.writeString(file(), "mine");

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> ArchiveWriter.create(file(), Sample.OPTIONS, pool));
        assertThat(file()).hasContent("mine");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerMayReadTheFile() throws IOException {
        ArchiveState state;
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
            state = writer.sync();
        }
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        ArchiveWriter.resume(file(), state, Sample.OPTIONS, pool).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesATakenNameAndStaysUsable() throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            writer.beginEntry("a.csv");
            writer.endEntry();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.beginEntry("a.csv"))
                    .withMessage("entry name 'a.csv' is taken");
            assertThatIllegalArgumentException().isThrownBy(() -> writer.beginEntry("../a.csv"));
            writer.beginEntry("b.csv");
            writer.endEntry();
            Sample.finish(writer, file());
        }
    }

    @Test
    void refusesToFinishWithAnOpenEntry() throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            writer.beginEntry("a.csv");

            assertThatIllegalStateException()
                    .isThrownBy(() -> Sample.finish(writer, file()))
                    .withMessage("entry a.csv is open");
        }
    }

    @Test
    void refusesBytesOutsideOfAnEntry() throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> writer.append(new byte[1], 0, 1))
                    .withMessage("no entry is open");
        }
    }

    @Test
    void takesNothingAfterTheEnd() throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            Sample.finish(writer, file());

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> writer.beginEntry("a"))
                    .withMessage("the archive can take no more: it is finished");
        }
    }

    @Test
    void staysUnusableAfterABlockFailed() throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            writer.beginEntry("a");
            pool.close();

            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> writer.append(new byte[1], 0, 1));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(writer::sync)
                    .withMessageStartingWith("the archive can take no more: ");
        }
    }

    @Test
    void leavesTheFileWhenClosedWithBlocksOnTheirWay() throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            writer.beginEntry("a");
            for (int i = 0; i < 3; i++) {
                writer.append(new byte[1 << 20], 0, 1 << 20);
            }
        }

        assertThat(file()).exists();
    }

    @Test
    void anInterruptHarmsNothingAndStaysSet() throws IOException {
        Thread.currentThread().interrupt();
        try {
            sample.write(file(), Sample.OPTIONS, pool);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }

        sample.assertIn(file());
    }

    @Test
    void refusesALevelThatDeflateDoesNotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArchiveWriter.Options(10, Instant.EPOCH))
                .withMessage("level 10, must be 0 to 9");
    }

    private Path file() {
        return folder.resolve("export.part");
    }
}
