package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveFormatTest {
    private final Sample sample = Sample.random();
    private final DeflatePool pool = new DeflatePool(2);

    @TempDir
    Path folder;

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void theJdksZipFileReadsIt() throws IOException {
        sample.write(file(), Sample.OPTIONS, pool);

        try (ZipFile zip = new ZipFile(file().toFile())) {
            assertThat(Collections.list(zip.entries()))
                    .extracting(ZipEntry::getName)
                    .containsExactlyElementsOf(
                            sample.entries().stream().map(Sample.Entry::name).toList());
            for (Sample.Entry entry : sample.entries()) {
                try (InputStream data = zip.getInputStream(zip.getEntry(entry.name()))) {
                    assertThat(data.readAllBytes()).as("seed %d", sample.seed()).isEqualTo(entry.bytes());
                }
            }
        }
    }

    @Test
    void theJdksStreamingReaderReadsIt() throws IOException {
        sample.write(file(), Sample.OPTIONS, pool);

        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file()))) {
            for (Sample.Entry entry : sample.entries()) {
                ZipEntry found = zip.getNextEntry();
                assertThat(found.getName()).isEqualTo(entry.name());
                assertThat(found.getSize()).isEqualTo(entry.bytes().length);
                assertThat(zip.readAllBytes()).as("seed %d", sample.seed()).isEqualTo(entry.bytes());
            }
            assertThat(zip.getNextEntry()).isNull();
        }
    }

    @Test
    void commonsCompressReadsItAsRegularFilesWithoutZip64() throws IOException {
        sample.write(file(), Sample.OPTIONS, pool);

        try (var zip = org.apache.commons.compress.archivers.zip.ZipFile.builder()
                .setPath(file())
                .get()) {
            for (Sample.Entry entry : sample.entries()) {
                ZipArchiveEntry found = zip.getEntry(entry.name());
                assertThat(found.getUnixMode()).isEqualTo(0100644);
                assertThat(found.getCrc()).isEqualTo(entry.crc32());
                assertThat(found.getVersionRequired()).isEqualTo(20);
                assertThat(found.getGeneralPurposeBit().usesDataDescriptor()).isFalse();
                assertThat(found.getGeneralPurposeBit().usesUTF8ForNames()).isTrue();
                try (InputStream data = zip.getInputStream(found)) {
                    assertThat(data.readAllBytes()).as("seed %d", sample.seed()).isEqualTo(entry.bytes());
                }
            }
        }
    }

    @Test
    void anEntryIsOneDeflateStream() throws Exception {
        try (ArchiveWriter writer = ArchiveWriter.create(file(), Sample.OPTIONS, pool)) {
            sample.appendTo(writer);
            ArchiveState state = writer.sync();
            byte[] written = Files.readAllBytes(file());
            for (int i = 0; i < sample.entries().size(); i++) {
                ArchiveState.Entry entry = state.entries().get(i);
                byte[] plain = sample.entries().get(i).bytes();
                Inflater inflater = new Inflater(true);
                inflater.setInput(written, (int) entry.dataOffset(), (int) entry.compressedBytes());
                byte[] inflated = new byte[plain.length];
                int length = 0;
                while (!inflater.finished() && length < plain.length) {
                    length += inflater.inflate(inflated, length, plain.length - length);
                }
                inflater.inflate(new byte[1]);
                assertThat(inflater.finished()).isTrue();
                assertThat(inflater.getRemaining()).isZero();
                assertThat(inflated).as("seed %d", sample.seed()).isEqualTo(plain);
                inflater.end();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everyLevelHoldsTheSameData(int level) throws IOException {
        sample.write(file(), new ArchiveWriter.Options(level, Instant.EPOCH), pool);

        sample.assertIn(file());
    }

    @Test
    void blocksOfFiveMebibytesComeThrough() throws IOException {
        Random random = new Random(sample.seed());
        Sample large =
                Sample.of("large.bin", Sample.noise(random, 5 << 20), Sample.rows(random, 5 << 20), new byte[5 << 20]);

        large.write(file(), Sample.OPTIONS, pool);

        large.assertIn(file());
    }

    @Test
    void moreBlocksThanAreInFlightComeOutInOrder() throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            blocks.add(Sample.rows(new Random(i), i % 7 == 0 ? 200_000 : 50));
        }
        Sample many = new Sample(0, List.of(new Sample.Entry("many.csv", blocks)));

        many.write(file(), Sample.OPTIONS, pool);

        many.assertIn(file());
    }

    @Test
    void anArchiveOfNoEntriesIsAnArchive() throws IOException {
        new Sample(0, List.of()).write(file(), Sample.OPTIONS, pool);

        assertThat(file()).hasSize(22);
        try (ZipFile zip = new ZipFile(file().toFile())) {
            assertThat(zip.size()).isZero();
        }
    }

    @Test
    void aHigherLevelIsSmaller() throws IOException {
        Sample rows = Sample.of("rows.csv", Sample.rows(new Random(1), 500_000));

        long fast = rows.write(folder.resolve("1.zip"), new ArchiveWriter.Options(1, Instant.EPOCH), pool)
                .bytes();
        long small = rows.write(folder.resolve("9.zip"), new ArchiveWriter.Options(9, Instant.EPOCH), pool)
                .bytes();

        assertThat(small).isLessThan(fast);
    }

    @Test
    void theTimeIsPartOfTheBytes() throws IOException {
        byte[] now = sample.written(folder.resolve("a"), Sample.OPTIONS, pool);
        byte[] later = sample.written(
                folder.resolve("b"), new ArchiveWriter.Options(6, Instant.parse("2024-05-06T07:08:12Z")), pool);

        assertThat(later).hasSameSizeAs(now).isNotEqualTo(now);
    }

    private Path file() {
        return folder.resolve("export.part");
    }
}
