package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Byte for byte the headers that commons-compress writes around the same data. */
final class HeadersTest {
    private static final LocalDateTime TIME = LocalDateTime.of(2024, 5, 6, 12, 8, 8);
    private static final long MOST = 0xFFFF_FFFFL;
    private static final String[] PARTS = {"a", "B/", "é", "測定", "\uD83D\uDE00", "long-".repeat(20), ".csv", " (2)"};

    @TempDir
    Path folder;

    private final List<ArchiveState.Entry> entries = new ArrayList<>();
    private long end;

    @Test
    void areTheSameForAnyEntries() throws IOException {
        long first = Long.getLong("seed", 20_261_128);
        for (long seed = first; seed < first + 300; seed++) {
            Random random = new Random(seed);
            entries.clear();
            end = 0;
            for (int count = random.nextInt(40); count > 0; count--) {
                add(name(random), size(random), random.nextInt(10_000), random.nextInt() & MOST);
            }
            assertSame("seed " + seed);
        }
    }

    private String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int part = random.nextInt(5); part > 0; part--) {
            name.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return name.append(entries.size()).toString();
    }

    /** Of many entries few are large, so that there are archives without any. */
    private static long size(Random random) {
        return switch (random.nextInt(100)) {
            case 0 -> MOST - 1 + random.nextInt(3);
            case 1 -> random.nextLong() >>> 1;
            default -> random.nextInt(1_000_000);
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_534, 65_535, 65_536})
    void areTheSameForThatManyEntries(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            add("row-" + i, 3, 5, i);
        }
        assertSame(count + " entries");
    }

    /** The one entry's data ends, and the next one's header begins, at each place where 32 bits no longer do. */
    @ParameterizedTest
    @ValueSource(longs = {-2, -1, 0, 1})
    void areTheSameWhereAnEntryBeginsFarBehind(long beyond) throws IOException {
        add("before", 1, 1, 1);
        add("up to it", 5, MOST + beyond - end - ArchiveState.Entry.headerBytes("up to it"), 2);
        assertThat(end).isEqualTo(MOST + beyond);
        add("after", 7, 9, 3);
        assertSame("entry at " + entries.get(2).offset());
        add("large and after", MOST + 5, 9, 4);
        add("last", 5, 2, 5);
        assertSame("with a large one");
    }

    @ParameterizedTest
    @CsvSource({"5, 4294967294", "4294967294, 4294967294", "5, 4294967295", "4294967296, 4294967296"})
    void areTheSameAroundThatMuchData(long bytes, long compressedBytes) throws IOException {
        add("small", 3, 5, 1);
        add("large", bytes, compressedBytes, 2);
        assertSame("alone");
        add("next", bytes, compressedBytes, MOST);
        add("last", 3, 5, 3);
        assertSame("twice");
    }

    /** The directory's own beginning is a number of 32 bits too. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 0})
    void areTheSameWhereTheDirectoryBeginsFarBehind(long beyond) throws IOException {
        add("data", 5, MOST + beyond - ArchiveState.Entry.headerBytes("data"), 2);
        assertSame("directory at " + end);
    }

    private void add(String name, long bytes, long compressedBytes, long crc32) {
        ArchiveState.Entry entry = new ArchiveState.Entry(name, end, bytes, compressedBytes, crc32, false);
        entries.add(entry);
        end = entry.end();
    }

    /** Files with holes where the data would be. */
    private void assertSame(String what) throws IOException {
        Path expected = folder.resolve("expected");
        Path actual = folder.resolve("actual");
        Instant time = TIME.toInstant(ZoneOffset.UTC);
        try (ArchiveFile theirs = ArchiveFile.create(expected);
                ArchiveFile ours = ArchiveFile.create(actual)) {
            CommonsHeaders.write(theirs, entries, TIME);
            Headers.write(ours, entries, time);
            assertThat(ours.length()).as(what).isEqualTo(theirs.length());
            for (ArchiveState.Entry entry : entries) {
                assertSame(what, ours, theirs, entry.offset(), entry.dataOffset());
            }
            assertSame(what, ours, theirs, end, theirs.length());
        } finally {
            Files.delete(expected);
            Files.delete(actual);
        }
    }

    private static void assertSame(String what, ArchiveFile ours, ArchiveFile theirs, long from, long to)
            throws IOException {
        assertThat(bytes(ours, from, to)).as("%s: %d to %d", what, from, to).isEqualTo(bytes(theirs, from, to));
    }

    private static byte[] bytes(ArchiveFile file, long from, long to) throws IOException {
        byte[] bytes = new byte[(int) (to - from)];
        int read = 0;
        while (read < bytes.length) {
            read += file.read(from + read, bytes, read, bytes.length - read);
        }
        return bytes;
    }
}
