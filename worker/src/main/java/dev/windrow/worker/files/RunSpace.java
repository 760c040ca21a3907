package dev.windrow.worker.files;

import dev.windrow.common.artifact.Storage;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the runs of this process within the disk that may be used. A run that has found no room before begins again
 * only where there is more than it had then, so that exports which can't fit do not fill the disk again and again, and
 * two that fit one after the other do not do so side by side. Thread-safe.
 */
public final class RunSpace {
    /** Of what an export had when it found no room: it must have this many times as much to be worth another try. */
    private static final double MORE = 1.25;

    private final Storage storage;
    private final Map<Claim, Need> runs = new HashMap<>();

    /** @param storage what says how much there is; it is asked at each step */
    public RunSpace(Storage storage) {
        this.storage = storage;
    }

    /** What a run that begins anew is known to need, and how much of it it has written. */
    private record Need(long bytes, long written) {
        long owed() {
            return Math.max(0, bytes - written);
        }
    }

    /** A run that has found its place; closing it gives the place up. */
    public interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Lets a run begin.
     *
     * @param resumed what it goes on from, which is on the disk already; null if it begins anew. It may be less than an
     *     earlier run had, elsewhere or here, and then the difference must fit
     * @throws StorageFullException when there is no room for it
     */
    public synchronized Place enter(Export export, @Nullable Checkpoint resumed) throws IOException {
        long left = storage.left();
        long needed = needed(export, resumed);
        if (left <= 0 || needed > left - owed()) {
            throw new StorageFullException("no room to begin: " + left + " bytes left, of which runs need " + owed()
                    + " and this one " + needed);
        }
        Claim claim = export.lastClaim();
        runs.put(claim, new Need(needed, 0));
        return () -> leave(claim);
    }

    /**
     * Told at checkpoints.
     *
     * @param bytes length of the run's file
     * @throws StorageFullException when there is no room for more
     */
    public synchronized void reached(Claim claim, long bytes) throws IOException {
        runs.computeIfPresent(claim, (run, need) -> new Need(need.bytes, bytes));
        long left = storage.left();
        if (left < 0) {
            throw new StorageFullException("no room to go on after " + bytes + " bytes: " + left + " left");
        }
    }

    /**
     * Before a copy of what is kept elsewhere is made here.
     *
     * @throws StorageFullException when there is no room for it
     */
    synchronized void requireRoom(long bytes) throws IOException {
        long left = storage.left();
        if (bytes > left - owed()) {
            throw new StorageFullException(
                    "no room for what is to be gone on from: " + left + " bytes left, and it has " + bytes);
        }
    }

    /** Whether no run may begin at all. */
    boolean isUsedUp() throws IOException {
        return storage.left() <= 0;
    }

    /** Whether the disk is so full that the status table may be unable to write. */
    public boolean isFull() {
        return storage.isFull();
    }

    /** Frees room for the status after the run's own file is removed. */
    public void relieve() {
        storage.relieve();
    }

    private synchronized void leave(Claim claim) {
        runs.remove(claim);
    }

    private long owed() {
        return runs.values().stream().mapToLong(Need::owed).sum();
    }

    /** Of an export that has a checkpoint and lost its file: on a full disk it is removed. */
    private static long needed(Export export, @Nullable Checkpoint resumed) {
        Checkpoint had = export.run().checkpoint();
        if (had == null || had.equals(resumed)) {
            return 0;
        }
        long again = Math.min(atMost(export, had), (long) (had.length() * MORE));
        return resumed == null ? again : Math.max(0, again - resumed.length());
    }

    private static long atMost(Export export, Checkpoint had) {
        Long total = export.progress().rowsTotal();
        return total == null || had.rows() == 0
                ? Long.MAX_VALUE
                : (long) (had.length() * ((double) Math.max(total, had.rows()) / had.rows()));
    }
}
