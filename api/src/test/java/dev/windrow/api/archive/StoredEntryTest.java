package dev.windrow.api.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredEntryTest {
    private static final int MANY = 70_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Zip64Mode.class,
            names = {"AsNeeded", "Always"})
    void findsEachOfVeryManyByItsExactName(Zip64Mode mode) throws IOException {
        byte[] archive = archive(mode, MANY, "");
        for (int i : new int[] {0, 1, 999, 65_535, 65_536, MANY - 1}) {
            assertThat(content(archive, name(i))).isEqualTo("content " + i);
        }
        assertThat(find(archive, "files/ü-70000.txt")).isFalse();
        assertThat(find(archive, "FILES/ü-1.txt")).isFalse();
        assertThat(find(archive, "files/u\u0308-1.txt")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a comment", "PK\u0005\u0006 that looks like an end, and is long enough to be one"})
    void readsPastAComment(String comment) throws IOException {
        byte[] archive = archive(Zip64Mode.AsNeeded, 3, comment);
        assertThat(content(archive, name(2))).isEqualTo("content 2");
    }

    @Test
    void takesNoBytesForAnArchiveThatAreNone() throws IOException {
        byte[] archive = archive(Zip64Mode.AsNeeded, 3, "");
        assertThatThrownBy(() -> find(new byte[0], "a")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> find(Arrays.copyOf(archive, archive.length - 23), "a"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> find(Arrays.copyOfRange(archive, 1, archive.length), "none"))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void endsWithAnAnswerOrAnIoErrorWhateverIsBroken(long seed) throws IOException {
        byte[] archive = archive(Zip64Mode.Always, 20, "");
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            byte[] broken = archive.clone();
            for (int j = 0; j <= random.nextInt(4); j++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                content(broken, name(random.nextInt(20)));
            } catch (IOException e) {
                assertThat(e).as("seed %d, case %d", seed, i).hasMessageNotContaining("java.");
            }
        }
    }

    private static String name(int number) {
        return "files/ü-" + number + ".txt";
    }

    private static boolean find(byte[] archive, String name) throws IOException {
        return StoredEntry.find(new SeekableInMemoryByteChannel(archive), name).isPresent();
    }

    private static String content(byte[] archive, String name) throws IOException {
        var entry = StoredEntry.find(new SeekableInMemoryByteChannel(archive), name);
        if (entry.isEmpty()) {
            return "";
        }
        try (InputStream in = entry.get().open(false)) {
            return new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8);
        }
    }

    private byte[] archive(Zip64Mode mode, int entries, String comment) throws IOException {
        Path file = folder.resolve("archive.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            zip.setUseZip64(mode);
            zip.setComment(comment);
            for (int i = 0; i < entries; i++) {
                byte[] content = ("content " + i).getBytes(StandardCharsets.UTF_8);
                ZipArchiveEntry entry = new ZipArchiveEntry(name(i));
                entry.setMethod(ZipArchiveOutputStream.STORED);
                entry.setSize(content.length);
                entry.setCompressedSize(content.length);
                CRC32 crc = new CRC32();
                crc.update(content);
                entry.setCrc(crc.getValue());
                zip.addRawArchiveEntry(entry, new ByteArrayInputStream(content));
            }
        }
        return Files.readAllBytes(file);
    }
}
