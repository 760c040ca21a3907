package dev.windrow.common.artifact.disk;

import dev.windrow.common.artifact.Destination;
import dev.windrow.common.artifact.DestinationException;
import dev.windrow.common.artifact.Placement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A folder of this machine, or of what is mounted in it, that is somebody else's: it is not made, new files in it have
 * the permissions that the process gives any file, and nothing of it leads elsewhere by a link. Thread-safe.
 */
public final class FolderDestination implements Destination {
    private static final int BUFFER = 1 << 16;

    private final Path folder;

    /** @param folder need not be there yet */
    public FolderDestination(Path folder) {
        this.folder = folder;
    }

    @Override
    public void put(Parcel parcel) throws IOException {
        try {
            requireFolder(folder, "the folder of this place");
            Placement.put(new Below(folder), parcel);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw reason(e);
        }
    }

    @Override
    public int sweep(Leftovers leftovers) throws IOException {
        try {
            requireFolder(folder, "the folder of this place");
            PartWalk walk = new PartWalk(leftovers.before());
            Files.walkFileTree(folder, Set.of(), leftovers.folders() + 1, walk);
            return walk.removed();
        } catch (IOException e) {
            throw reason(e);
        }
    }

    private static IOException reason(IOException e) {
        if (e instanceof DestinationException) {
            return e;
        }
        if (Placement.isFull(e)) {
            return DestinationException.again("the disk of this place is full", e);
        }
        if (e instanceof AccessDeniedException) {
            return DestinationException.again("the folder of this place can't be written to", e);
        }
        return e instanceof FileSystemException
                ? DestinationException.again("the folder of this place can't be used", e)
                : e;
    }

    private static void requireFolder(Path path, String what) throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw DestinationException.again(what + " is not there: is its disk mounted?", e);
        }
        if (!found.isDirectory()) {
            throw DestinationException.again(what + " is " + (found.isSymbolicLink() ? "a link" : "no folder"), null);
        }
    }

    /** What is below the folder. */
    private static final class Below implements Placement.Files {
        private final Path folder;

        Below(Path folder) {
            this.folder = folder;
        }

        private Path path(String name) {
            return folder.resolve(name);
        }

        private static Path parent(Path path) {
            Path parent = path.toAbsolutePath().getParent();
            if (parent == null) {
                throw new IllegalArgumentException("a file without a folder");
            }
            return parent;
        }

        @Override
        public void makeFolders(String name) throws IOException {
            Path at = folder;
            for (String part : name.substring(0, name.lastIndexOf('/') + 1).split("/")) {
                Path above = at;
                at = at.resolve(part);
                if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                    makeFolder(at);
                    PrivateFolder.sync(above);
                }
                requireFolder(at, "a folder of the archive's path");
            }
        }

        private static void makeFolder(Path path) throws IOException {
            try {
                Files.createDirectory(path);
            } catch (FileAlreadyExistsException e) {
                // Somebody else was faster; what it is, is looked at next.
                return;
            }
        }

        @Override
        public OptionalLong length(String name) throws IOException {
            try {
                BasicFileAttributes found =
                        Files.readAttributes(path(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!found.isRegularFile()) {
                    throw DestinationException.never("what has the archive's name there is no file");
                }
                return OptionalLong.of(found.size());
            } catch (NoSuchFileException e) {
                return OptionalLong.empty();
            }
        }

        @Override
        public ReadableByteChannel read(String name) throws IOException {
            return FileChannel.open(path(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }

        @Override
        public void write(String name, long from, ReadableByteChannel rest) throws IOException {
            try (FileChannel file = FileChannel.open(
                    path(name),
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS))) {
                file.position(from);
                ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
                while (rest.read(buffer) >= 0) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        file.write(buffer);
                    }
                    buffer.clear();
                }
                file.force(true);
            }
        }

        /** A second name, then without the first: a rename would take another file's place. */
        @Override
        public boolean moveIfAbsent(String from, String to) throws IOException {
            try {
                Files.createLink(path(to), path(from));
                Files.delete(path(from));
            } catch (FileAlreadyExistsException e) {
                return false;
            } catch (UnsupportedOperationException | FileSystemException e) {
                // A file system without second names: what comes between the look and the move is lost.
                if (Files.exists(path(to), LinkOption.NOFOLLOW_LINKS)) {
                    return false;
                }
                Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
            }
            PrivateFolder.sync(parent(path(to)));
            return true;
        }

        @Override
        public void replace(String from, String to) throws IOException {
            Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
            PrivateFolder.sync(parent(path(to)));
        }

        @Override
        public void delete(String name) throws IOException {
            Files.deleteIfExists(path(name));
        }
    }
}
