package dev.windrow.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.windrow.testkit.Digests;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.zip.Deflater;

/**
 * An archive as a server makes it, as far as it matters to whoever looks for its stretches: local headers, blocks that
 * are deflated by themselves, and something behind them. And its list, made by the words of docs/http-api.md alone.
 */
final class SampleArchive {
    private static final int LEAST = 12 << 10;
    private static final int LARGE = 256 << 10;

    final byte[] bytes;
    private final NavigableSet<Integer> borders = new TreeSet<>();

    private SampleArchive(List<Entry> entries, int time) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            byte[] data = entry.deflated();
            int start = all.size();
            all.writeBytes(header(entry.name, time, data.length));
            if (data.length >= LARGE) {
                borders.addAll(List.of(start, all.size(), all.size() + data.length));
            }
            all.writeBytes(data);
        }
        all.writeBytes(("PK\1\2 the directory, of " + time).getBytes(US_ASCII));
        bytes = all.toByteArray();
    }

    static SampleArchive of(List<Entry> entries, int time) {
        return new SampleArchive(entries, time);
    }

    /** A file in it, of blocks of rows. */
    record Entry(String name, List<byte[]> blocks) {
        static Entry random(Random random, String name, int blocks, int blockBytes) {
            List<byte[]> all = new ArrayList<>();
            for (int i = 0; i < blocks; i++) {
                all.add(block(random, blockBytes));
            }
            return new Entry(name, all);
        }

        /** Half of it noise, so that it is about half as long when it is deflated. */
        static byte[] block(Random random, int bytes) {
            byte[] block = new byte[bytes];
            random.nextBytes(block);
            Arrays.fill(block, 0, bytes / 2, (byte) 'x');
            return block;
        }

        Entry with(int index, byte[] block) {
            List<byte[]> changed = new ArrayList<>(blocks);
            changed.set(index, block);
            return new Entry(name, changed);
        }

        Entry and(byte[] block) {
            List<byte[]> more = new ArrayList<>(blocks);
            more.add(block);
            return new Entry(name, more);
        }

        private byte[] deflated() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            Deflater deflater = new Deflater(4, true);
            for (byte[] block : blocks) {
                deflater.reset();
                deflater.setInput(block);
                int count = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
                while (count > 0) {
                    all.write(buffer, 0, count);
                    count = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
                }
            }
            deflater.end();
            all.writeBytes(new byte[] {3, 0});
            return all.toByteArray();
        }
    }

    private static byte[] header(String name, int time, int compressed) {
        return ByteBuffer.allocate(30 + name.length() + 20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x04034b50)
                .position(10)
                .putInt(time)
                .position(18)
                .putInt(compressed)
                .position(26)
                .putShort((short) name.length())
                .putShort((short) 20)
                .put(name.getBytes(US_ASCII))
                .array();
    }

    /** The list as a server gives it. */
    byte[] list() {
        StringJoiner blocks = new StringJoiner(",\n", "[\n", "\n]");
        int from = 0;
        while (from < bytes.length) {
            int to = end(from);
            String sha256 = Digests.hex(Arrays.copyOfRange(bytes, from, to));
            blocks.add("[" + from + "," + (to - from) + ",\"" + sha256 + "\"]");
            from = to;
        }
        return list(Digests.hex(bytes), bytes.length, blocks.toString());
    }

    static byte[] list(String sha256, int bytes, String blocks) {
        return ("{\"archive\":\"" + sha256 + "\",\"bytes\":" + bytes + ",\"engine\":\"zlib:test/4\",\"blocks\":"
                        + blocks + "}\n")
                .getBytes(US_ASCII);
    }

    private int end(int from) {
        Integer border = borders.higher(from);
        int most = border == null ? bytes.length : border;
        for (int end = from + LEAST; end < most; end++) {
            if (bytes[end - 4] == 0 && bytes[end - 3] == 0 && bytes[end - 2] == -1 && bytes[end - 1] == -1) {
                return end;
            }
        }
        return most;
    }
}
