package dev.windrow.worker.archive;

import dev.windrow.worker.crc.CrcJoin;
import java.util.List;
import java.util.Objects;

/**
 * A place in an archive from which it can be gone on with: everything before it is on the disk.
 *
 * @param length the temporary file's length at this place, in bytes
 * @param entries the entries so far, in order; only the last may be open
 */
public record ArchiveState(long length, List<Entry> entries) {
    public ArchiveState {
        entries = List.copyOf(entries);
    }

    /**
     * One entry of the archive.
     *
     * @param offset where its local header begins in the file, in bytes
     * @param bytes its plain length so far
     * @param compressedBytes its deflated length so far
     * @param crc32 of the plain bytes so far, unsigned
     * @param open whether more may follow
     */
    public record Entry(String name, long offset, long bytes, long compressedBytes, long crc32, boolean open) {
        public Entry {
            Objects.requireNonNull(name, "name");
            if (offset < 0 || bytes < 0 || compressedBytes < 0 || crc32 < 0 || crc32 > 0xFFFF_FFFFL) {
                throw new IllegalArgumentException("entry " + name + ": offset " + offset + ", bytes " + bytes
                        + ", compressedBytes " + compressedBytes + ", crc32 " + crc32);
            }
        }

        /** Room for the local header of an entry of that name: fixed part, name, ZIP64 field ({@link Headers}). */
        static int headerBytes(String name) {
            return 30 + EntryName.length(name) + 20;
        }

        /** Where its data begins in the file. */
        long dataOffset() {
            return offset + headerBytes(name);
        }

        /** Where its data ends in the file, so far. */
        long end() {
            return dataOffset() + compressedBytes;
        }

        Entry with(Block block) {
            long joined = CrcJoin.join(crc32, block.crc32(), block.bytes());
            return new Entry(
                    name, offset, bytes + block.bytes(), compressedBytes + block.compressedBytes(), joined, true);
        }

        Entry ended(int closingBytes) {
            return new Entry(name, offset, bytes, compressedBytes + closingBytes, crc32, false);
        }
    }

    /**
     * Refuses what no writer can have given: entries that do not follow each other up to the length, or one that is
     * open in the middle.
     */
    void check() throws CorruptArchiveException {
        long end = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.offset() != end || (entry.open() && i < entries.size() - 1)) {
                throw new CorruptArchiveException("entry " + entry.name() + " is said to be at " + entry.offset()
                        + ", the one before ends at " + end);
            }
            end = entry.end();
        }
        if (end != length) {
            throw new CorruptArchiveException("the entries end at " + end + ", the archive is said to at " + length);
        }
    }
}
