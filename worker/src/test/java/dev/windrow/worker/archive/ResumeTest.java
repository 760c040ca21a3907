package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
    private final Sample sample = Sample.random();
    private final DeflatePool pool = new DeflatePool(2);
    private int copies;

    @TempDir
    Path folder;

    @AfterEach
    void closePool() {
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theNumberOfThreadsDoesNotMatter(int threads) throws IOException {
        byte[] expected = sample.written(folder.resolve("expected"), Sample.OPTIONS, pool);

        try (DeflatePool other = new DeflatePool(threads)) {
            assertThat(sample.written(folder.resolve("found"), Sample.OPTIONS, other))
                    .as("seed %d", sample.seed())
                    .isEqualTo(expected);
        }
    }

    @Test
    void archivesThatShareAPoolDoNotMix() throws IOException {
        byte[] expected = sample.written(folder.resolve("expected"), Sample.OPTIONS, pool);
        ArchiveWriter.Options fast = new ArchiveWriter.Options(1, Sample.OPTIONS.time());
        try (ArchiveWriter other = ArchiveWriter.create(folder.resolve("other"), fast, pool)) {
            other.beginEntry("a");
            for (int i = 0; i < 4; i++) {
                other.append(new byte[1 << 20], 0, 1 << 20);
            }
            assertThat(sample.written(folder.resolve("found"), Sample.OPTIONS, pool))
                    .as("seed %d", sample.seed())
                    .isEqualTo(expected);
        }
    }

    @Test
    void sizesOfBlocksBeforeDoNotMatter() throws IOException {
        Random random = new Random(sample.seed());
        Sample large = Sample.of("large", Sample.noise(random, 3_000_000), Sample.rows(random, 1_000_000));
        byte[] expected = sample.written(folder.resolve("expected"), Sample.OPTIONS, pool);
        large.write(folder.resolve("large"), Sample.OPTIONS, pool);

        assertThat(sample.written(folder.resolve("found"), Sample.OPTIONS, pool))
                .isEqualTo(expected);
    }

    /** Also with the room of a header as the last thing written, and right after the end of an entry. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 9})
    void cutAndGoneOnWithAtEveryPlaceItIsTheSame(int level) throws IOException {
        ArchiveWriter.Options options = new ArchiveWriter.Options(level, Sample.OPTIONS.time());
        byte[] expected = sample.written(folder.resolve("expected"), options, pool);
        int places = sample.entries().stream()
                .mapToInt(entry -> entry.blocks().size() + 2)
                .sum();

        for (int place = 0; place <= places; place++) {
            assertThat(cutAt(place, options))
                    .as("seed %d, place %d", sample.seed(), place)
                    .isEqualTo(expected);
        }
    }

    @Test
    void cutAtEveryPlaceOfOneRunItIsTheSame() throws IOException {
        byte[] expected = sample.written(folder.resolve("expected"), Sample.OPTIONS, pool);

        assertThat(writtenWith(Sample.OPTIONS, place -> true))
                .as("seed %d", sample.seed())
                .isEqualTo(expected);
    }

    @Test
    void cutAfterTheHeadersWereWrittenItIsTheSame() throws IOException {
        Path file = folder.resolve("finished");
        ArchiveState state;
        try (ArchiveWriter writer = ArchiveWriter.create(file, Sample.OPTIONS, pool)) {
            sample.appendTo(writer);
            state = writer.sync();
            Sample.finish(writer, file);
        }
        byte[] expected = Files.readAllBytes(file);

        try (ArchiveWriter writer = ArchiveWriter.resume(file, state, Sample.OPTIONS, pool)) {
            assertThat(writer.length()).isEqualTo(state.length());
            Sample.finish(writer, file);
        }
        assertThat(file).hasBinaryContent(expected);
    }

    @Test
    void aPlaceSaysWhatIsOnTheDisk() throws IOException {
        Sample.Entry entry = sample.entries().get(0);
        try (ArchiveWriter writer = ArchiveWriter.create(folder.resolve("a"), Sample.OPTIONS, pool)) {
            writer.beginEntry(entry.name());
            for (byte[] block : entry.blocks()) {
                writer.append(block, 0, block.length);
            }
            ArchiveState open = writer.sync();

            assertThat(open.length()).isEqualTo(Files.size(folder.resolve("a"))).isEqualTo(writer.length());
            assertThat(open.entries()).singleElement().satisfies(state -> {
                assertThat(state.open()).isTrue();
                assertThat(state.bytes()).isEqualTo(entry.bytes().length);
                assertThat(state.crc32()).as("seed %d", sample.seed()).isEqualTo(entry.crc32());
            });
            writer.endEntry();
            assertThat(writer.sync().entries()).singleElement().matches(state -> !state.open());
        }
    }

    @Test
    void refusesAFileThatIsTooShort() throws IOException {
        Path file = folder.resolve("short");
        Files.write(file, new byte[51]);
        ArchiveState state = new ArchiveState(52, List.of(new ArchiveState.Entry("ab", 0, 0, 0, 0, true)));

        assertThatExceptionOfType(CorruptArchiveException.class)
                .isThrownBy(() -> ArchiveWriter.resume(file, state, Sample.OPTIONS, pool))
                .withMessage("the file has 51 bytes, not the 52 to go on from");
    }

    @Test
    void refusesAPlaceThatIsNone() throws IOException {
        Path file = folder.resolve("file");
        Files.write(file, new byte[200]);
        ArchiveState gap = new ArchiveState(53, List.of(new ArchiveState.Entry("ab", 0, 0, 0, 0, true)));
        ArchiveState openBefore = new ArchiveState(
                104,
                List.of(
                        new ArchiveState.Entry("ab", 0, 0, 0, 0, true),
                        new ArchiveState.Entry("cd", 52, 0, 0, 0, true)));

        for (ArchiveState state : List.of(gap, openBefore)) {
            assertThatExceptionOfType(CorruptArchiveException.class)
                    .isThrownBy(() -> ArchiveWriter.resume(file, state, Sample.OPTIONS, pool));
        }
        assertThat(file).hasSize(200);
    }

    private byte[] cutAt(int place, ArchiveWriter.Options options) throws IOException {
        return writtenWith(options, at -> at == place);
    }

    private interface Cuts {
        boolean cutAt(int place);
    }

    /** Writes the sample; at each place that is asked for, goes on in a copy with rubbish behind it. */
    private byte[] writtenWith(ArchiveWriter.Options options, Cuts cuts) throws IOException {
        Path file = folder.resolve("copy-" + copies++);
        ArchiveWriter writer = ArchiveWriter.create(file, options, pool);
        int place = 0;
        for (Sample.Entry entry : sample.entries()) {
            writer = cuts.cutAt(place++) ? cut(writer, options) : writer;
            writer.beginEntry(entry.name());
            writer = cuts.cutAt(place++) ? cut(writer, options) : writer;
            for (byte[] block : entry.blocks()) {
                writer.append(block, 0, block.length);
                writer = cuts.cutAt(place++) ? cut(writer, options) : writer;
            }
            writer.endEntry();
        }
        writer = cuts.cutAt(place) ? cut(writer, options) : writer;
        Sample.finish(writer, folder.resolve("copy-" + (copies - 1)));
        writer.close();
        return Files.readAllBytes(folder.resolve("copy-" + (copies - 1)));
    }

    private ArchiveWriter cut(ArchiveWriter writer, ArchiveWriter.Options options) throws IOException {
        ArchiveState state = writer.sync();
        if (!state.entries().isEmpty()
                && state.entries().get(state.entries().size() - 1).open()) {
            writer.append(new byte[5000], 0, 5000);
        }
        writer.close();
        Path next = folder.resolve("copy-" + copies);
        Files.copy(folder.resolve("copy-" + (copies - 1)), next);
        Files.write(next, Sample.noise(new Random(copies), 777), StandardOpenOption.APPEND);
        copies++;
        return ArchiveWriter.resume(next, state, options, pool);
    }
}
