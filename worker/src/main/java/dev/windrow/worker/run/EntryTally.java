package dev.windrow.worker.run;

import dev.windrow.common.export.Checkpoint;
import dev.windrow.worker.archive.ArchiveState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the run knows of the archive's entries and the archive does not: rows, positions, and what was altered. Belongs to the run's thread. */
final class EntryTally {
    /** One entry; {@code position} is null once it is finished. */
    private record Entry(String name, long rows, @Nullable String position, Map<String, Long> counts) {}

    private final List<Entry> entries = new ArrayList<>();

    /** The tally as it was at a checkpoint. */
    static EntryTally from(Checkpoint checkpoint) {
        EntryTally tally = new EntryTally();
        for (Checkpoint.Entry entry : checkpoint.entries()) {
            tally.entries.add(new Entry(entry.name(), entry.rows(), entry.position(), entry.counts()));
        }
        return tally;
    }

    /** Where the run begins: the file that is still open, or the one after the last. */
    int firstPart() {
        return entries.isEmpty() || last().position == null ? entries.size() : entries.size() - 1;
    }

    /** Whether that part of the archive was begun before. */
    boolean isOpen(int part) {
        return part < entries.size();
    }

    void open(String name) {
        entries.add(new Entry(name, 0, null, Map.of()));
    }

    /** The open entry has this many rows, the last of them at that position. */
    void reached(long rows, String position, Map<String, Long> counts) {
        entries.set(entries.size() - 1, new Entry(last().name, rows, position, counts));
    }

    void finish(long rows, Map<String, Long> counts) {
        entries.set(entries.size() - 1, new Entry(last().name, rows, null, counts));
    }

    /** Rows of all entries. */
    long rows() {
        return entries.stream().mapToLong(Entry::rows).sum();
    }

    long rows(int part) {
        return entries.get(part).rows;
    }

    @Nullable String position(int part) {
        return entries.get(part).position;
    }

    Map<String, Long> counts(int part) {
        return entries.get(part).counts;
    }

    /** The place that the archive has just synced, as the status table keeps it. */
    Checkpoint checkpoint(long claim, int level, ArchiveState synced) {
        List<Checkpoint.Entry> merged = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry mine = entries.get(i);
            ArchiveState.Entry theirs = synced.entries().get(i);
            merged.add(new Checkpoint.Entry(
                    mine.name,
                    theirs.offset(),
                    theirs.bytes(),
                    theirs.compressedBytes(),
                    theirs.crc32(),
                    mine.rows,
                    mine.position,
                    mine.counts));
        }
        return new Checkpoint(claim, level, synced.length(), merged);
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

    private Entry last() {
        return entries.get(entries.size() - 1);
    }
}
