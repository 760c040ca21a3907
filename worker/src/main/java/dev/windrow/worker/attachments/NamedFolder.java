package dev.windrow.worker.attachments;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens files by their names, where Java has no better way (Windows, macOS), and looks at them before and after. A link
 * that is there is not followed; one that is put in a file's place and taken away again within that time is not seen.
 * So what is below the root there must be for the operator alone to write.
 */
final class NamedFolder implements OpenFolder {
    private final Path root;
    private final boolean hardLinks;
    private final String looks;

    NamedFolder(Path root, boolean hardLinks) {
        this.root = root;
        this.hardLinks = hardLinks;
        this.looks = root.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? "unix:isRegularFile,fileKey,nlink"
                : "isRegularFile,fileKey,creationTime";
    }

    @Override
    public @Nullable FileChannel open(List<Path> names) throws IOException {
        try {
            Map<String, Object> seen = look(names);
            if (!isPlain(seen)) {
                return null;
            }
            FileChannel channel =
                    FileChannel.open(resolved(names), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            if (seen.equals(look(names))) {
                return channel;
            }
            channel.close();
            return null;
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
            return null;
        }
    }

    private Path resolved(List<Path> names) {
        Path file = root;
        for (Path name : names) {
            file = file.resolve(name);
        }
        return file;
    }

    /** Empty where one of the names is a link. */
    private Map<String, Object> look(List<Path> names) throws IOException {
        for (int folders = 1; folders < names.size(); folders++) {
            if (!Files.isDirectory(resolved(names.subList(0, folders)), LinkOption.NOFOLLOW_LINKS)) {
                return Map.of();
            }
        }
        Path file = resolved(names);
        return file.toRealPath().startsWith(root.toRealPath())
                ? Files.readAttributes(file, looks, LinkOption.NOFOLLOW_LINKS)
                : Map.of();
    }

    private boolean isPlain(Map<String, Object> seen) {
        return Boolean.TRUE.equals(seen.get("isRegularFile"))
                && (hardLinks || Integer.valueOf(1).equals(seen.getOrDefault("nlink", 1)));
    }

    @Override
    public void close() {
        // Nothing is held between two files.
    }
}
