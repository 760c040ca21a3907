package dev.windrow.common.preset;

import java.util.List;
import java.util.Optional;

/**
 * The presets of all callers. Changes are single statements, part of the transaction that the calling thread is in.
 * Safe for use by many threads and processes. All calls block for a short statement; where the database can't be
 * reached they throw what the ports of {@code common.export} throw.
 */
public interface Presets {
    /**
     * Adds one.
     *
     * @return false: its owner has another of that name
     */
    boolean add(Preset preset);

    /**
     * Replaces what one starts, and when it was changed; when it was created stays.
     *
     * @return false: there is none of that owner and name
     */
    boolean change(Preset preset);

    /** The owner's preset of that name. */
    Optional<Preset> find(String owner, String name);

    /** All of an owner's, in no order: their number is bounded. */
    List<Preset> list(String owner);

    /** How many an owner has; within a transaction, with what that has added. */
    int count(String owner);

    /**
     * Forgets one.
     *
     * @return false: there is none
     */
    boolean remove(String owner, String name);
}
