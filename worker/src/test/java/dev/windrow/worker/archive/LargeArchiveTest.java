package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beyond what 16 and 32 bits count. */
@Tag("slow")
@Tag("computing")
class LargeArchiveTest {
    private final DeflatePool pool = new DeflatePool(2);
    private final ArchiveWriter.Options options = new ArchiveWriter.Options(1, Instant.parse("2024-05-06T07:08:08Z"));

    @TempDir
    Path folder;

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void moreEntriesThanSixteenBitsCount() throws IOException {
        Path file = folder.resolve("many.zip");
        int count = 65_537;
        try (ArchiveWriter writer = ArchiveWriter.create(file, options, pool)) {
            for (int i = 0; i < count; i++) {
                byte[] row = (i + "\n").getBytes(StandardCharsets.US_ASCII);
                writer.beginEntry("row-" + i);
                writer.append(row, 0, row.length);
                writer.endEntry();
            }
            Sample.finish(writer, file);
        }

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(count);
            assertThat(zip.getInputStream(zip.getEntry("row-65536"))).hasContent("65536\n");
        }
    }

    @Test
    void anEntryLongerThanThirtyTwoBitsCount() throws IOException {
        Path file = folder.resolve("large.zip");
        byte[] zeros = new byte[1 << 20];
        long length = 4_100L << 20;
        try (ArchiveWriter writer = ArchiveWriter.create(file, options, pool)) {
            writer.beginEntry("large.bin");
            for (long at = 0; at < length; at += zeros.length) {
                writer.append(zeros, 0, zeros.length);
            }
            writer.endEntry();
            writer.beginEntry("small.txt");
            writer.append(zeros, 0, 1);
            writer.endEntry();
            Sample.finish(writer, file);
        }

        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry("large.bin");
            assertThat(entry.getSize()).isEqualTo(length);
            assertThat(zip.getInputStream(zip.getEntry("small.txt"))).hasBinaryContent(new byte[1]);
        }
    }
}
