package dev.windrow.worker.sweep;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets workers of one home that have several engines leave to each other what only the other can go on with. As a
 * sweep, it keeps this process among those that exports are left to, while it has room for one. Thread-safe.
 */
public final class OtherEngines implements Runnable {
    private final Presence presence;
    private final Supplier<String> engine;
    private final BooleanSupplier hasRoom;

    /**
     * @param engine this process's, for new exports; asked for when it is needed, since it takes a moment to find out
     * @param hasRoom whether this process could begin another export
     */
    public OtherEngines(Presence presence, Supplier<String> engine, BooleanSupplier hasRoom) {
        this.presence = presence;
        this.engine = engine;
        this.hasRoom = hasRoom;
    }

    /** As {@link Presence#enginesElsewhere}. */
    public Set<String> names() {
        return presence.enginesElsewhere(engine.get());
    }

    @Override
    public void run() {
        if (hasRoom.getAsBoolean()) {
            names();
        }
    }
}
