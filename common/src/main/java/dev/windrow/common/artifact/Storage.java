package dev.windrow.common.artifact;

import java.io.IOException;

/**
 * The disk on which archives are made and kept: how much of it may still be used, and what helps when it is full. Safe
 * for use by many threads and processes; cheap enough to be asked at every start and every checkpoint.
 */
public interface Storage {
    /**
     * How many bytes more work files and artifacts may take before free disk falls below the reserve, or what they hold
     * exceeds the budget. Negative when that has happened already.
     *
     * @throws IOException when the disk can't be asked
     */
    long left() throws IOException;

    /** Whether free disk is so short that not even a row of the status table may find room. */
    boolean isFull();

    /**
     * Frees what was put by for a full disk, so that it can be told. For the moment after a write has found no room;
     * never fails.
     */
    void relieve();

    /**
     * Puts by again what {@link #relieve} has freed, where there is room for it. May write for a second or so; never
     * fails.
     */
    void restock();
}
