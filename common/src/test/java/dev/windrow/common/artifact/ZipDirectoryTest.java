package dev.windrow.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipDirectoryTest {
    @TempDir
    Path folder;

    /** From 65,535 entries on the JDK writes a ZIP64 directory. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 65_534, 65_535, 65_536, 100_000})
    void givesEveryEntryWithWhatItsBytesAre(int entries) throws IOException {
        Path zip = zip(entries, "");
        List<String> names = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(zip)) {
            ZipDirectory directory = ZipDirectory.of(channel);
            while (directory.next()) {
                names.add(directory.entry().name());
            }
            assertThat(names).hasSize(entries).doesNotHaveDuplicates();
            for (String name : entries == 0 ? List.<String>of() : List.of(names.get(0), names.get(entries - 1))) {
                ZipDirectory.Entry found = ZipDirectory.find(channel, name).orElseThrow();
                byte[] text = name.getBytes(StandardCharsets.UTF_8);
                CRC32 crc32 = new CRC32();
                crc32.update(text);
                assertThat(found)
                        .extracting(ZipDirectory.Entry::bytes, ZipDirectory.Entry::crc32)
                        .containsExactly((long) text.length, crc32.getValue());
                ByteBuffer stored = ByteBuffer.allocate((int) found.compressedBytes());
                channel.read(stored, ZipDirectory.dataOffset(channel, found));
                assertThat(stored.array()).isEqualTo(text);
            }
            assertThat(ZipDirectory.find(channel, "nothing")).isEmpty();
        }
    }

    @Test
    void looksPastACommentThatHoldsTheEndsOwnSign() throws IOException {
        try (FileChannel channel = FileChannel.open(zip(2, "PK\5\6 and more, of any length"))) {
            assertThat(ZipDirectory.find(channel, "folder/näme 1.txt")).isPresent();
        }
    }

    @Test
    void takesLengthsAndPlacesFromTheZip64Field() throws IOException {
        byte[] bytes = Files.readAllBytes(zip(1, ""));
        int header = last(bytes, "PK\1\2");
        int end = last(bytes, "PK\5\6");
        ByteBuffer zip =
                ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 28)).order(ByteOrder.LITTLE_ENDIAN);
        int nameEnd = header + 46 + zip.getShort(header + 28);
        System.arraycopy(bytes, end, zip.array(), end + 28, bytes.length - end);
        zip.putInt(header + 20, -1)
                .putInt(header + 24, -1)
                .putInt(header + 42, -1)
                .putShort(header + 30, (short) 28);
        zip.putShort(nameEnd, (short) 1).putShort(nameEnd + 2, (short) 24);
        zip.putLong(nameEnd + 4, 5_000_000_000L)
                .putLong(nameEnd + 12, 4_999_999_999L)
                .putLong(nameEnd + 20, 0);
        zip.putInt(end + 28 + 12, zip.getInt(end + 28 + 12) + 28);
        Path file = Files.write(folder.resolve("zip64.zip"), zip.array());
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(ZipDirectory.find(channel, "folder/näme 0.txt").orElseThrow())
                    .extracting(
                            ZipDirectory.Entry::bytes, ZipDirectory.Entry::compressedBytes, ZipDirectory.Entry::offset)
                    .containsExactly(5_000_000_000L, 4_999_999_999L, 0L);
        }
    }

    @Test
    void refusesWhatIsNoArchiveOrWasCut() throws IOException {
        byte[] zip = Files.readAllBytes(zip(300, ""));
        for (int length : List.of(0, 10, 21, zip.length / 2, zip.length - 1)) {
            Path cut = Files.write(folder.resolve("cut-" + length), Arrays.copyOf(zip, length));
            try (FileChannel channel = FileChannel.open(cut)) {
                assertThatThrownBy(() -> ZipDirectory.find(channel, "x")).isInstanceOf(ZipException.class);
            }
        }
        zip[last(zip, "PK\1\2")] = 'X';
        Path damaged = Files.write(folder.resolve("damaged"), zip);
        try (FileChannel channel = FileChannel.open(damaged)) {
            assertThatThrownBy(() -> ZipDirectory.find(channel, "x")).isInstanceOf(ZipException.class);
        }
    }

    private static int last(byte[] bytes, String sign) {
        return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(sign);
    }

    /** Each entry's data is its name. */
    private Path zip(int entries, String comment) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setComment(comment);
            zip.setMethod(ZipOutputStream.STORED);
            for (int i = 0; i < entries; i++) {
                byte[] text = ("folder/näme " + i + ".txt").getBytes(StandardCharsets.UTF_8);
                CRC32 crc32 = new CRC32();
                crc32.update(text);
                ZipEntry entry = new ZipEntry("folder/näme " + i + ".txt");
                entry.setSize(text.length);
                entry.setCompressedSize(text.length);
                entry.setCrc(crc32.getValue());
                zip.putNextEntry(entry);
                zip.write(text);
                zip.closeEntry();
            }
        }
        return Files.write(folder.resolve(entries + ".zip"), bytes.toByteArray());
    }
}
