package dev.windrow.worker.attachments;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The root of attachments, while files below it are opened. Not thread-safe. */
interface OpenFolder extends Closeable {
    /**
     * Opens a plain file. May never return, where somebody puts a pipe in the file's place in the middle of it.
     *
     * @param names of the folders below the root, and of the file
     * @return null when the file is not there, is no plain file, may not be read, or is not to be, for a link
     * @throws IOException when none of that is known
     */
    @Nullable FileChannel open(List<Path> names) throws IOException;
}
