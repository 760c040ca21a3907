package dev.windrow.worker.archive;

import dev.windrow.common.artifact.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/*
 * The list that lies beside an archive, for those who have yesterday's and want to fetch no more than what is new:
 *
 *     {"archive":"<SHA-256>","bytes":<length>,"engine":"<engine>","blocks":[
 *     [<offset>,<length>,"<SHA-256>"],
 *     [<offset>,<length>,"<SHA-256>"]
 *     ]}
 *
 * The stretches follow each other without a gap, from the archive's first byte to its last. Each is a block of the
 * archive, or as many small ones in a row as make LEAST bytes: a line is 90 bytes at most, so that the list stays below
 * a hundredth of the archive. Headers and the directory are stretches of their own, or part of one with what is small
 * beside them.
 *
 * Where stretches end is read off the archive itself. Every block ends with a full flush, whose last four bytes are 00
 * 00 FF FF, so a stretch ends where these stand, once it is long enough. The same four bytes may turn up within a block
 * too, once in 4 GiB by chance and oftener in what is stored as it is: then a stretch ends there, which is as good. So
 * nothing has to be kept of the blocks while they are written, a run that was killed has nothing to lose, and whoever
 * has the archive can make its list.
 */

/**
 * Writes the list of an archive's blocks while the archive is read from its first byte to its last. Not thread-safe.
 */
final class BlockList implements AutoCloseable {
    /** A stretch has at least so many bytes, but where an archive's parts begin and end. */
    static final int LEAST = 12 << 10;

    /** Entries with so much data have stretches of their own: the lines for their ends cost nothing that counts. */
    static final long LARGE = 256 << 10;

    private static final int FLUSH = 0x0000_FFFF;
    private static final int FLUSH_BYTES = 4;
    private static final int NO_BYTES = -1;
    private static final String NO_DIGEST = "0".repeat(64);
    private static final int BUFFERED = 1 << 13;

    private final ArchiveFile file;
    private final StringBuilder text = new StringBuilder(BUFFERED + 256);
    private final Sha256 sha256 = new Sha256();
    private final long digestAt;
    private long written;
    private long offset;
    private long length;
    private int lastBytes = NO_BYTES;

    private BlockList(ArchiveFile file, long bytes, String engine) {
        this.file = file;
        text.append("{\"archive\":\"");
        this.digestAt = text.length();
        text.append(NO_DIGEST).append("\",\"bytes\":").append(bytes);
        text.append(",\"engine\":\"").append(engine).append("\",\"blocks\":[");
    }

    /**
     * Begins a list in a new file, which only its owner may read; one that is there is of a sealing that came to
     * nothing, and goes.
     *
     * @param bytes the archive's length
     */
    static BlockList create(Path path, long bytes, String engine) throws IOException {
        Files.deleteIfExists(path);
        return new BlockList(ArchiveFile.create(path), bytes, engine);
    }

    /** Takes the archive's next bytes. */
    void update(byte[] bytes, int count) throws IOException {
        int at = 0;
        while (at < count) {
            int end = flushIn(bytes, at, count);
            int to = end < 0 ? count : end;
            sha256.update(bytes, at, to - at);
            length += to - at;
            if (end >= 0) {
                end();
            }
            at = to;
        }
    }

    /** Where the stretch ends that goes on at that index; -1 if not among these bytes. */
    private int flushIn(byte[] bytes, int from, int to) {
        int skipped = (int) Math.max(0, LEAST - FLUSH_BYTES - length);
        int last = lastBytes;
        for (int i = from + skipped; i < to; i++) {
            last = last << 8 | bytes[i] & 0xFF;
            if (last == FLUSH) {
                return i + 1;
            }
        }
        lastBytes = last;
        return -1;
    }

    /** Ends the stretch here, if there is one. */
    void end() throws IOException {
        if (length > 0) {
            text.append(offset == 0 ? "\n[" : ",\n[").append(offset).append(',').append(length);
            text.append(",\"").append(sha256.hex()).append("\"]");
            offset += length;
            length = 0;
            lastBytes = NO_BYTES;
            if (text.length() >= BUFFERED) {
                flush();
            }
        }
    }

    /**
     * Ends the list, and returns when it is on the disk.
     *
     * @param archive SHA-256 of the archive, in lower-case hex
     */
    void finish(String archive) throws IOException {
        end();
        text.append("\n]}\n");
        flush();
        byte[] digest = archive.getBytes(StandardCharsets.US_ASCII);
        file.write(digestAt, digest, 0, digest.length);
        file.sync();
    }

    private void flush() throws IOException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        file.write(written, bytes, 0, bytes.length);
        written += bytes.length;
        text.setLength(0);
    }

    /** Closes the file and leaves it there. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
