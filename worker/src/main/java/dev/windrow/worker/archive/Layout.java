package dev.windrow.worker.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * How the file is laid out while it grows:
 *
 *     [room for a local header][block][block]...[end of stream] [room][block]...[end of stream] ...
 *
 * A block is deflated by itself (RFC 1951), begun by a fresh deflater and ended, with no final bit, by a full flush,
 * which ends it at a whole byte. So blocks can be made in parallel, and put one after another they are one stream,
 * which an empty final block ends. What comes after a block does not depend on how it was made: a file cut at any
 * block's end can be gone on with, and comes out the same.
 */

/** The file as it grows, and what is in it. Not thread-safe. */
final class Layout {
    /** An empty block of fixed codes with the final bit (RFC 1951 sections 3.2.3 and 3.2.6). */
    private static final byte[] END_OF_STREAM = {3, 0};

    private final ArchiveFile file;
    private final List<ArchiveState.Entry> ended = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private ArchiveState.@Nullable Entry open;
    private long length;

    /** Goes on after a place, which may be the beginning: no entries, no bytes. */
    Layout(ArchiveFile file, ArchiveState state) {
        this.file = file;
        this.length = state.length();
        for (ArchiveState.Entry entry : state.entries()) {
            names.add(entry.name());
            if (entry.open()) {
                open = entry;
            } else {
                ended.add(entry);
            }
        }
    }

    boolean has(String name) {
        return names.contains(name);
    }

    void begin(String name) throws IOException {
        requireNoneOpen();
        names.add(name);
        byte[] room = new byte[ArchiveState.Entry.headerBytes(name)];
        file.write(length, room, 0, room.length);
        open = new ArchiveState.Entry(name, length, 0, 0, 0, true);
        length += room.length;
    }

    void place(Block block) throws IOException {
        ArchiveState.Entry entry = requireOpen();
        block.writeTo(file, length);
        length += block.compressedBytes();
        open = entry.with(block);
    }

    void end() throws IOException {
        ArchiveState.Entry entry = requireOpen();
        file.write(length, END_OF_STREAM, 0, END_OF_STREAM.length);
        length += END_OF_STREAM.length;
        ended.add(entry.ended(END_OF_STREAM.length));
        open = null;
    }

    long length() {
        return length;
    }

    ArchiveState state() {
        List<ArchiveState.Entry> entries = new ArrayList<>(ended);
        if (open != null) {
            entries.add(open);
        }
        return new ArchiveState(length, entries);
    }

    /** The entry with that number, from 0; null when there is none yet. */
    ArchiveState.@Nullable Entry entry(int index) {
        return index < ended.size() ? ended.get(index) : index == ended.size() ? open : null;
    }

    /** All entries, none of which may be open. */
    List<ArchiveState.Entry> entries() {
        requireNoneOpen();
        return ended;
    }

    ArchiveState.Entry requireOpen() {
        if (open == null) {
            throw new IllegalStateException("no entry is open");
        }
        return open;
    }

    private void requireNoneOpen() {
        if (open != null) {
            throw new IllegalStateException("entry " + open.name() + " is open");
        }
    }
}
