package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
    private static final String NOT_AS_WRITTEN = "the directory's entry readings.csv is not as it was written";

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
                        .isThrownBy(() -> reader.readBack(bytes -> {}))
                        .withMessageContaining(entry.name());
            }
            flip(at);
        }
        assertThatCode(() -> writer.readBack(bytes -> {})).doesNotThrowAnyException();
    }

    @Test
    void aChangedByteIsFoundByFinishing() throws IOException {
        flip(somewhereIn(state.entries().get(2)));

        assertThatExceptionOfType(CorruptArchiveException.class).isThrownBy(() -> Sample.finish(writer, file));
    }

    @Test
    void aByteThatChangesAfterReadingBackIsFoundByFinishing() throws IOException {
        writer.readBack(bytes -> {});
        flip(somewhereIn(state.entries().get(0)));

        assertThatExceptionOfType(CorruptArchiveException.class)
                .as("seed %d", sample.seed())
                .isThrownBy(() -> Sample.finish(writer, file))
                .withMessage("entry readings.csv is damaged: it has changed since it was read back");
    }

    @Test
    void aFileThatWasCutIsFound() throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(state.length() - 1);
        }

        assertThatExceptionOfType(CorruptArchiveException.class).isThrownBy(() -> writer.readBack(bytes -> {}));
    }

    @Test
    void aStateWithTheWrongLengthOrCrcIsFound() throws IOException {
        for (ArchiveState wrong : List.of(changed(1, 0), changed(0, 1))) {
            try (ArchiveWriter reader = ArchiveWriter.resume(file, wrong, Sample.OPTIONS, pool)) {
                assertThatExceptionOfType(CorruptArchiveException.class).isThrownBy(() -> reader.readBack(bytes -> {}));
            }
        }
    }

    @Test
    void aDirectoryThatSaysSomethingElseIsFound() throws IOException {
        Sample.finish(writer, file);
        List<ArchiveState.Entry> all = state.entries();
        List<ArchiveState.Entry> more = new ArrayList<>(all);
        more.add(new ArchiveState.Entry("more", state.length(), 0, 2, 0, false));

        assertThat(sealing(changed(1, 0).entries())).hasMessage(NOT_AS_WRITTEN);
        assertThat(sealing(changed(0, 1).entries())).hasMessage(NOT_AS_WRITTEN);
        assertThat(sealing(all.subList(1, all.size()))).hasMessage(NOT_AS_WRITTEN);
        assertThat(sealing(all.subList(0, all.size() - 1))).hasMessageContaining("entry manifest.json is not as");
        assertThat(sealing(more)).hasMessage("entry more is damaged: it is not in the directory");
    }

    @Test
    void aFileWithoutItsDirectoryIsFound() {
        assertThat(sealing(state.entries())).hasMessage("the file is no readable ZIP");
    }

    private @Nullable Throwable sealing(List<ArchiveState.Entry> entries) {
        return catchThrowableOfType(CorruptArchiveException.class, () -> {
            try (ArchiveFile finished = ArchiveFile.open(file, Files.size(file));
                    BlockList list = BlockList.create(Sample.blockList(file), Files.size(file), "zlib:test/6")) {
                new Verification(finished).seal(entries, list, bytes -> {});
            }
        });
    }

    private ArchiveState changed(long bytes, long crc32) {
        return new ArchiveState(
                state.length(),
                state.entries().stream()
                        .map(entry -> new ArchiveState.Entry(
                                entry.name(),
                                entry.offset(),
                                entry.bytes() + bytes,
                                entry.compressedBytes(),
                                entry.crc32() ^ crc32,
                                false))
                        .toList());
    }

    @Test
    void staysUnusableAfterDamageWasFound() throws IOException {
        writer.close();
        flip(somewhereIn(state.entries().get(0)));
        writer = ArchiveWriter.resume(file, state, Sample.OPTIONS, pool);
        assertThatExceptionOfType(CorruptArchiveException.class).isThrownBy(() -> writer.readBack(bytes -> {}));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Sample.finish(writer, file))
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

    /**
     * Turns all eight bits around: a single one may be one of those that fill a flushed block up to a whole byte, which
     * mean nothing.
     */
    private void flip(long at) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(at);
            int value = raw.read();
            raw.seek(at);
            raw.write(value ^ 0xFF);
        }
    }
}
