package dev.windrow.worker.archive;

/**
 * Where blocks end: a pure function of the rows, whatever is read at a time and whenever. A row that is inserted or
 * removed changes a block or two, and leaves those after them as they were, since the keys say where they end.
 */
public final class BlockRule {
    /** A block is ended by the row that reaches this many encoded bytes. */
    public static final int MOST_BYTES = 1 << 20;

    /** Fewer rows deflate badly. */
    public static final int FEWEST_ROWS = 256;

    public static final int MOST_ROWS = 8_192;

    /** About every 1,024th key. */
    private static final int END = (1 << 10) - 1;

    /** About every 65,536th key: always ends a block, so that nothing after it depends on what was before. */
    private static final int BORDER = (1 << 16) - 1;

    private BlockRule() {}

    /**
     * Whether a block ends after a row.
     *
     * @param keyHash of the row's key; what a file without key has for all its rows plays no part
     * @param rows of the block, this one among them
     * @param bytes of the block, encoded
     */
    public static boolean endsAfter(boolean keyed, int keyHash, int rows, int bytes) {
        if (bytes >= MOST_BYTES) {
            return true;
        }
        if (!keyed) {
            return false;
        }
        return (keyHash & BORDER) == 0 || rows >= MOST_ROWS || rows >= FEWEST_ROWS && (keyHash & END) == 0;
    }
}
