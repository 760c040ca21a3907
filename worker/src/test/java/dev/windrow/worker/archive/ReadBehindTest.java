package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadBehindTest {
    private static final int BLOCKS = 8;

    private final byte[] noise = Sample.noise(new Random(1), 1 << 20);
    private final DeflatePool pool = new DeflatePool(2);
    private Path file;
    private ArchiveWriter writer;

    @BeforeEach
    void create(@TempDir Path folder) throws IOException {
        file = folder.resolve("export.part");
        writer = ArchiveWriter.create(file, Sample.OPTIONS, pool);
    }

    @AfterEach
    void close() throws IOException {
        writer.close();
        pool.close();
    }

    @Test
    void whatIsPlacedIsReadBackWhileMoreIsWritten() throws IOException {
        append(BLOCKS);

        assertThat(writer.bytesReadBehind()).isPositive();
    }

    @Test
    void damageIsFoundBeforeAllIsWritten() throws IOException {
        append(1);
        ArchiveState state = writer.sync();
        writer.close();
        flip(state.entries().get(0).dataOffset() + 1_000);
        writer = ArchiveWriter.resume(file, state, Sample.OPTIONS, pool);

        assertThatExceptionOfType(CorruptArchiveException.class)
                .isThrownBy(() -> {
                    writer.endEntry();
                    writer.beginEntry("b");
                    append(BLOCKS);
                    writer.bytesReadBehind();
                })
                .withMessageStartingWith("entry a");
    }

    @Test
    void whatChangesAfterItWasReadBehindIsFound() throws IOException {
        append(BLOCKS);
        assertThat(writer.bytesReadBehind()).isPositive();
        flip(writer.sync().entries().get(0).dataOffset() + 1_000);
        writer.endEntry();

        assertThatExceptionOfType(CorruptArchiveException.class)
                .isThrownBy(() -> Sample.finish(writer, file))
                .withMessage("entry a is damaged: it has changed since it was read back");
    }

    @Test
    void aWriterThatIsClosedInTheMiddleReadsNoFurther() throws IOException {
        append(BLOCKS);
        writer.close();

        assertThat(writer.bytesReadBehind()).isLessThan(writer.length());
    }

    private void append(int blocks) throws IOException {
        if (writer.length() == 0) {
            writer.beginEntry("a");
        }
        for (int i = 0; i < blocks; i++) {
            writer.append(noise, 0, noise.length);
        }
        writer.sync();
    }

    private void flip(long at) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek(at);
            int value = raw.read();
            raw.seek(at);
            raw.write(value ^ 0xFF);
        }
    }
}
