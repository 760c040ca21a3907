package dev.windrow.worker.run;

import dev.windrow.common.export.Checkpoint;
import dev.windrow.worker.archive.ArchiveState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the run knows of the archive's entries and the archive does not: rows, positions, and what was altered. Belongs
 * to the run's thread.
 */
final class EntryTally {
    /**
     * One entry; {@code position} is null before its first row and once it is finished, {@code fields} where nothing
     * was expanded.
     */
    record Entry(
            String name,
            long rows,
            @Nullable String position,
            Map<String, Long> counts,
            @Nullable List<String> fields) {
        boolean isOpen() {
            return position != null;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    /** Kept, not added up each time: it is asked for at every block, and there may be very many entries. */
    private long rows;

    /** The tally as it was at a checkpoint. */
    static EntryTally from(Checkpoint checkpoint) {
        EntryTally tally = new EntryTally();
        for (Checkpoint.Entry entry : checkpoint.entries()) {
            tally.rows += entry.rows();
            tally.entries.add(new Entry(entry.name(), entry.rows(), entry.position(), entry.counts(), entry.fields()));
        }
        return tally;
    }

    /** All entries, in order. */
    List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** The last entry, if there is one; the only one that may be open. */
    @Nullable Entry last() {
        return entries.isEmpty() ? null : entries.get(entries.size() - 1);
    }

    /** @param fields those that the entry's columns were made of; null where nothing was expanded */
    void open(String name, @Nullable List<String> fields) {
        entries.add(new Entry(name, 0, null, Map.of(), fields));
    }

    /** The open entry has this many rows, the last of them at that position. */
    void reached(long rows, String position, Map<String, Long> counts) {
        replaceLast(rows, position, counts);
    }

    void finish(long rows, Map<String, Long> counts) {
        replaceLast(rows, null, counts);
    }

    private void replaceLast(long rows, @Nullable String position, Map<String, Long> counts) {
        int last = entries.size() - 1;
        Entry entry = entries.get(last);
        this.rows += rows - entry.rows;
        entries.set(last, new Entry(entry.name, rows, position, counts, entry.fields));
    }

    /** Rows of all entries. */
    long rows() {
        return rows;
    }

    /** The place that the archive has just synced, as the status table keeps it. */
    Checkpoint checkpoint(long claim, int level, String engine, ArchiveState synced) {
        List<Checkpoint.Entry> merged = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry mine = entries.get(i);
            ArchiveState.Entry theirs = synced.entries().get(i);
            merged.add(new Checkpoint.Entry(
                    mine.name,
                    new Checkpoint.Stored(theirs.offset(), theirs.bytes(), theirs.compressedBytes(), theirs.crc32()),
                    mine.rows,
                    mine.position,
                    mine.counts,
                    mine.fields));
        }
        return new Checkpoint(claim, level, engine, synced.length(), merged);
    }

    /** The archive's own part of a checkpoint. */
    static ArchiveState archiveState(Checkpoint checkpoint) {
        return new ArchiveState(
                checkpoint.length(),
                checkpoint.entries().stream()
                        .map(entry -> new ArchiveState.Entry(
                                entry.name(),
                                entry.offset(),
                                entry.bytes(),
                                entry.compressedBytes(),
                                entry.crc32(),
                                entry.position() != null))
                        .toList());
    }
}
