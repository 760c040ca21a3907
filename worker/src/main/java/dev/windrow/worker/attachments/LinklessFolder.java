package dev.windrow.worker.attachments;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes from folder to folder by their descriptors and follows no link, so that it can't be led out of the root: not by
 * a link that is there, and not by one that is put there meanwhile. What is opened is looked at by its descriptor too:
 * nobody can exchange that.
 */
final class LinklessFolder implements OpenFolder {
    /** Somebody who exchanges files may make an opening fail that another would not. */
    private static final int TRIES = 3;

    private final SecureDirectoryStream<Path> root;
    private final boolean hardLinks;
    private final Descriptors descriptors = new Descriptors();

    /** @param root closed with this */
    LinklessFolder(SecureDirectoryStream<Path> root, boolean hardLinks) {
        this.root = root;
        this.hardLinks = hardLinks;
    }

    @Override
    public @Nullable FileChannel open(List<Path> names) throws IOException {
        SecureDirectoryStream<Path> at = root;
        try {
            for (Path folder : names.subList(0, names.size() - 1)) {
                SecureDirectoryStream<Path> outer = at;
                SecureDirectoryStream<Path> inner = opened(
                        at,
                        folder,
                        BasicFileAttributes::isDirectory,
                        () -> outer.newDirectoryStream(folder, LinkOption.NOFOLLOW_LINKS));
                if (inner == null) {
                    return null;
                }
                leave(at);
                at = inner;
            }
            return openFile(at, names.get(names.size() - 1));
        } finally {
            leave(at);
        }
    }

    private void leave(SecureDirectoryStream<Path> folder) throws IOException {
        if (folder != root) {
            folder.close();
        }
    }

    private @Nullable FileChannel openFile(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        SeekableByteChannel channel = opened(
                folder,
                name,
                BasicFileAttributes::isRegularFile,
                () -> folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
        boolean plain = false;
        try {
            plain = channel instanceof FileChannel file && isWanted(file, folder, name);
        } catch (NoSuchFileException e) {
            // Gone since it was opened.
            plain = false;
        } finally {
            if (channel != null && !plain) {
                channel.close();
            }
        }
        return plain ? (FileChannel) channel : null;
    }

    private boolean isWanted(FileChannel file, SecureDirectoryStream<Path> folder, Path name) throws IOException {
        Object key = descriptors.plainKey(file);
        return key != null && (hardLinks || descriptors.isOnlyName(key, folder, name));
    }

    @FunctionalInterface
    private interface Opening<T> {
        T run() throws IOException;
    }

    /**
     * Looks before it opens: opening a pipe waits for who writes into it. What fails although it seemed right is tried
     * again, and then has another reason, such as too many open files.
     */
    private static <T> @Nullable T opened(
            SecureDirectoryStream<Path> folder, Path name, Predicate<BasicFileAttributes> right, Opening<T> opening)
            throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                BasicFileAttributes seen = folder.getFileAttributeView(
                                name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
                return right.test(seen) ? opening.run() : null;
            } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
                return null;
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        root.close();
    }
}
