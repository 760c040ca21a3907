package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
    private final Sample sample = Sample.random();
    private final Random random = new Random(sample.seed());
    private final DeflatePool pool = new DeflatePool(2);
    private Path file;
    private ArchiveWriter writer;
    private ArchiveState state;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        file = folder.resolve("export.part");
        writer = ArchiveWriter.create(file, Sample.OPTIONS, pool);
        sample.appendTo(writer);
        state = writer.sync();
    }

    @AfterEach
    void close() throws IOException {
        writer.close();
        pool.close();
    }

    @Test
    void aChangedByteOfAnyEntryIsFoundByReadingBack() throws IOException {
        for (ArchiveState.Entry entry : state.entries()) {
            long at = somewhereIn(entry);
            flip(at);
            try (ArchiveWriter reader = ArchiveWriter.resume(file, state, Sample.OPTIONS, pool)) {
                assertThatExceptionOfType(CorruptArchiveException.class)
                        .as("seed %d, byte %d", sample.seed(), at)
                        .isThrownBy(reader::readBack)
                        .withMessageContaining(entry.name());
            }
            flip(at);
        }
        assertThatCode(writer::readBack).doesNotThrowAnyException();
    }

    @Test
    void aChangedByteIsFoundByFinishing() throws IOException {
        flip(somewhereIn(state.entries().get(2)));

        assertThatExceptionOfType(CorruptArchiveException.class).isThrownBy(writer::finish);
    }

    @Test
    void aByteThatChangesAfterReadingBackIsFoundByFinishing() throws IOException {
        writer.readBack();
        flip(somewhereIn(state.entries().get(0)));

        assertThatExceptionOfType(CorruptArchiveException.class)
                .as("seed %d", sample.seed())
                .isThrownBy(writer::finish)
                .withMessage("entry readings.csv is damaged: it has changed since it was read back");
    }

    @Test
    void aFileThatWasCutIsFound() throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(state.length() - 1);
        }

        assertThatExceptionOfType(CorruptArchiveException.class).isThrownBy(writer::readBack);
    }

    @Test
    void aStateWithTheWrongLengthOrCrcIsFound() throws IOException {
        for (long[] change : new long[][] {{1, 0}, {0, 1}}) {
            ArchiveState wrong = new ArchiveState(
                    state.length(),
                    state.entries().stream()
                            .map(entry -> new ArchiveState.Entry(
                                    entry.name(),
                                    entry.offset(),
                                    entry.bytes() + change[0],
                                    entry.compressedBytes(),
                                    entry.crc32() ^ change[1],
                                    false))
                            .toList());
            try (ArchiveWriter reader = ArchiveWriter.resume(file, wrong, Sample.OPTIONS, pool)) {
                assertThatExceptionOfType(CorruptArchiveException.class).isThrownBy(reader::readBack);
            }
        }
    }

    @Test
    void aDirectoryThatSaysSomethingElseIsFound() throws IOException {
        writer.finish();
        flip(file.toFile().length() - 22 - 40);

        try (ArchiveFile finished = ArchiveFile.open(file, file.toFile().length())) {
            Verification verification = new Verification(finished);
            assertThatExceptionOfType(CorruptArchiveException.class)
                    .isThrownBy(() -> verification.seal(state.entries(), bytes -> {}));
        }
    }

    @Test
    void staysUnusableAfterDamageWasFound() throws IOException {
        flip(somewhereIn(state.entries().get(0)));
        assertThatExceptionOfType(CorruptArchiveException.class).isThrownBy(writer::readBack);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(writer::finish)
                .withCauseInstanceOf(CorruptArchiveException.class);
    }

    @Test
    void readingBackEndsWhenTheListenerThrows() {
        IllegalStateException cancelled = new IllegalStateException("cancelled");

        Throwable thrown = catchThrowable(() -> writer.readBack(bytes -> {
            throw cancelled;
        }));

        assertThat(thrown).isSameAs(cancelled);
    }

    private long somewhereIn(ArchiveState.Entry entry) {
        return entry.dataOffset() + random.nextInt((int) entry.compressedBytes());
    }

    /** Turns all eight bits around: a single one may be one of those that fill a flushed block up to a whole byte, which mean nothing. */
    private void flip(long at) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(at);
            int value = raw.read();
            raw.seek(at);
            raw.write(value ^ 0xFF);
        }
    }
}
