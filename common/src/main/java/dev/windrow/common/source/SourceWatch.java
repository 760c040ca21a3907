package dev.windrow.common.source;

/** Watches whether anybody changes a source. Belongs to one thread. */
@FunctionalInterface
public interface SourceWatch extends AutoCloseable {
    /** Of a source that can't tell. */
    SourceWatch NOTHING = () -> false;

    /** Whether the source is known to hold what it held when the watch began; false where nobody knows. */
    boolean isUnchanged() throws SourceException;

    @Override
    default void close() {
        // Most have nothing to close.
    }
}
