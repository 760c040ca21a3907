package dev.windrow.common.export;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place from which a run goes on: everything up to it is synced to the temporary file of the claim that made it.
 *
 * @param claim the claim whose temporary file holds it
 * @param level the deflate level of every block before, and so of every block after
 * @param engine what deflated every block before, and after a space a digest of the recipe that they were made by; only
 *     the same makes the same bytes of those after. Without a recipe in a checkpoint from before recipes were told
 *     apart, and null in one from before engines were: nobody knows
 * @param length the temporary file's length at this place, in bytes; what follows is not part of it
 * @param entries the archive's entries so far, in order; the last is still open unless its {@code position} is null
 */
public record Checkpoint(long claim, int level, @Nullable String engine, long length, List<Entry> entries) {
    public Checkpoint {
        entries = List.copyOf(entries);
    }

    /** Rows in all entries so far. */
    public long rows() {
        return entries.stream().mapToLong(Entry::rows).sum();
    }

    /** The same place in a copy of the file, which is another claim's. */
    public Checkpoint in(Claim copy) {
        return new Checkpoint(copy.number(), level, engine, length, entries);
    }

    /**
     * What of a run's file survives its worker's disk.
     *
     * @param checkpoint the place up to which all of the file is kept
     * @param spans whose segments hold it, in order: the first begin at the file's beginning, those of each later claim
     *     where the span before ends. The last ends at the checkpoint
     */
    public record Replica(Checkpoint checkpoint, List<Span> spans) {
        public Replica {
            Objects.requireNonNull(checkpoint, "checkpoint");
            spans = List.copyOf(spans);
            long end = 0;
            for (Span span : spans) {
                if (span.end <= end) {
                    throw new IllegalArgumentException("spans that do not grow: " + spans);
                }
                end = span.end;
            }
            if (end != checkpoint.length) {
                throw new IllegalArgumentException("spans up to " + end + ", not to " + checkpoint.length);
            }
        }
    }

    /**
     * A stretch of a run's file whose segments are one claim's.
     *
     * @param end where it ends in the file, in bytes
     */
    public record Span(long claim, long end) {}

    /**
     * One entry of the archive.
     *
     * @param stored what the archive has of it so far
     * @param rows its rows so far
     * @param position the source's position of its last row; null when the entry is finished
     * @param counts what was altered so far, by the manifest's names ({@code replaced}, {@code escaped},
     *     {@code truncated}), and what else the entry's format needs to go on
     * @param fields the fields of a JSON column that its columns were made of; null where nothing was expanded
     */
    public record Entry(
            String name,
            Stored stored,
            long rows,
            @Nullable String position,
            Map<String, Long> counts,
            @Nullable List<String> fields) {
        public Entry {
            Objects.requireNonNull(name, "name");
            counts = Map.copyOf(counts);
            fields = fields == null ? null : List.copyOf(fields);
        }

        public long offset() {
            return stored.offset;
        }

        public long bytes() {
            return stored.bytes;
        }

        public long compressedBytes() {
            return stored.compressedBytes;
        }

        public long crc32() {
            return stored.crc32;
        }
    }

    /**
     * What the archive has of an entry.
     *
     * @param offset where its local header begins in the file, in bytes
     * @param bytes its plain length so far
     * @param compressedBytes its deflated length so far
     * @param crc32 of the plain bytes so far, unsigned
     */
    public record Stored(long offset, long bytes, long compressedBytes, long crc32) {}
}
