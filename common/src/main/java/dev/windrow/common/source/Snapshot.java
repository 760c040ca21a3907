package dev.windrow.common.source;

/**
 * One state of a source: all that it opens reads the same, whatever others write meanwhile. It keeps a read transaction
 * open until it is closed. Belongs to one thread, but for {@link RowReader#cancel} of its readers.
 */
public interface Snapshot extends AutoCloseable {
    /** Opens a reader of one file, one at a time; its legs have no end but the rows'. The caller closes it. */
    RowReader open(RowSelection selection);

    @Override
    void close();
}
