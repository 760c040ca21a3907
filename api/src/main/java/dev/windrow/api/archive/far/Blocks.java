package dev.windrow.api.archive.far;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Blocks of artifacts that were read, those that were not asked for the longest forgotten first. Thread-safe. */
final class Blocks {
    /** Each but the last of an artifact. */
    static final int BYTES = 64 * 1024;

    private final long most;
    private final Map<Name, byte[]> known = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param most bytes that it holds */
    Blocks(long most) {
        this.most = most;
    }

    /**
     * Which block.
     *
     * @param artifact its key
     * @param number from 0 on
     */
    record Name(String artifact, long number) {}

    synchronized byte @Nullable [] get(Name name) {
        return known.get(name);
    }

    synchronized void put(Name name, byte[] block) {
        byte[] before = known.put(name, block);
        bytes += block.length - (before == null ? 0 : before.length);
        var oldest = known.values().iterator();
        while (bytes > most && oldest.hasNext()) {
            bytes -= oldest.next().length;
            oldest.remove();
        }
    }
}
