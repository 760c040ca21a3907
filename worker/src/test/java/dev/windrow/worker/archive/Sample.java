package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/** What goes into an archive in these tests: entries of blocks, made from a seed that failing tests print. */
record Sample(long seed, List<Entry> entries) {
    static final ArchiveWriter.Options OPTIONS = new ArchiveWriter.Options(6, Instant.parse("2024-05-06T07:08:09Z"));

    record Entry(String name, List<byte[]> blocks) {
        byte[] bytes() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            blocks.forEach(all::writeBytes);
            return all.toByteArray();
        }

        long crc32() {
            CRC32 crc = new CRC32();
            crc.update(bytes());
            return crc.getValue();
        }
    }

    /**
     * Three entries of a few blocks of every kind, one of no blocks, and one of single bytes; others with
     * {@code -Dseed}.
     */
    static Sample random() {
        return random(Long.getLong("seed", 20_261_128));
    }

    static Sample random(long seed) {
        Random random = new Random(seed);
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry("readings.csv", blocks(random, 6, 40_000)));
        entries.add(new Entry("empty.csv", List.of()));
        entries.add(new Entry("Größe/測定.csv", blocks(random, 3, 150_000)));
        entries.add(new Entry("bytes.bin", blocks(random, 5, 1)));
        entries.add(new Entry("manifest.json", List.of("{}".getBytes(StandardCharsets.UTF_8))));
        return new Sample(seed, entries);
    }

    static Sample of(String name, byte[]... blocks) {
        return new Sample(0, List.of(new Entry(name, List.of(blocks))));
    }

    static List<byte[]> blocks(Random random, int count, int maxLength) {
        List<byte[]> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = 1 + random.nextInt(maxLength);
            blocks.add(i % 3 == 0 ? rows(random, length) : i % 3 == 1 ? noise(random, length) : new byte[length]);
        }
        return blocks;
    }

    static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Lines of CSV, cut to the length. */
    static byte[] rows(Random random, int length) {
        StringBuilder rows = new StringBuilder();
        while (rows.length() < length) {
            rows.append("sensor-")
                    .append(random.nextInt(50))
                    .append(',')
                    .append(random.nextInt(1_000_000))
                    .append(".5,ok\r\n");
        }
        return rows.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    Sealed write(Path file, ArchiveWriter.Options options, DeflatePool pool) throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(file, options, pool)) {
            appendTo(writer);
            return finish(writer, file);
        }
    }

    static Sealed finish(ArchiveWriter writer, Path file) throws IOException {
        return writer.finish(blockList(file), bytes -> {});
    }

    /** Where {@link #finish} puts the list of the blocks of an archive. */
    static Path blockList(Path file) {
        return file.resolveSibling(file.getFileName() + ".blocks");
    }

    byte[] written(Path file, ArchiveWriter.Options options, DeflatePool pool) throws IOException {
        write(file, options, pool);
        return Files.readAllBytes(file);
    }

    void appendTo(ArchiveWriter writer) throws IOException {
        for (Entry entry : entries) {
            writer.beginEntry(entry.name());
            for (byte[] block : entry.blocks()) {
                writer.append(block, 0, block.length);
            }
            writer.endEntry();
        }
    }

    /** Every entry, read by the JDK. */
    void assertIn(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Entry entry : entries) {
                try (InputStream data = zip.getInputStream(zip.getEntry(entry.name()))) {
                    assertThat(data.readAllBytes()).as("seed %d", seed).isEqualTo(entry.bytes());
                }
            }
        }
    }
}
