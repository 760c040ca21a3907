package dev.windrow.worker.attachments;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
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

    /**
     * The root, by the safest way that the system has.
     *
     * @param root may be a link itself: it is the operator's own
     * @param hardLinks whether files that have other names besides are opened
     */
    // The folder closes the stream.
    @SuppressWarnings("StreamResourceLeak")
    static OpenFolder of(Path root, boolean hardLinks) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(root);
        if (stream instanceof SecureDirectoryStream<Path> secure && Descriptors.areShown()) {
            return new LinklessFolder(secure, hardLinks);
        }
        stream.close();
        return new NamedFolder(root, hardLinks);
    }
}
