package dev.windrow.common.artifact.sftp;

import dev.windrow.common.artifact.Destination;
import dev.windrow.common.artifact.DestinationException;
import dev.windrow.common.artifact.Placement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.client.impl.AbstractSftpClient;
import org.apache.sshd.sftp.client.impl.SftpOutputStreamAsync;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files below a folder of a server, as SFTP's third version has them (draft-ietf-secsh-filexfer-02). */
final class RemoteFiles implements Placement.Files {
    /** What every server takes at once. */
    private static final int BUFFER = 32 << 10;

    private static final Set<SftpClient.OpenMode> WRITE =
            EnumSet.of(SftpClient.OpenMode.Write, SftpClient.OpenMode.Create);

    private static final Logger log = LoggerFactory.getLogger(RemoteFiles.class);

    private final AbstractSftpClient server;
    private final String folder;

    RemoteFiles(AbstractSftpClient server, String folder) {
        this.server = server;
        this.folder = folder;
    }

    private String path(String name) {
        return folder + "/" + name;
    }

    /** The place's own folder may be a link, of the server's operator; those that are made here may not. */
    @Override
    public void makeFolders(String name) throws IOException {
        if (!server.stat(folder.isEmpty() ? "/" : folder).isDirectory()) {
            throw DestinationException.again("the folder of this place is no folder", null);
        }
        for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
            String path = path(name.substring(0, end));
            SftpClient.Attributes found = look(path);
            if (found == null) {
                make(path);
                found = server.lstat(path);
            }
            if (!found.isDirectory()) {
                throw DestinationException.again("a folder of the archive's path is a link or no folder", null);
            }
        }
    }

    private void make(String path) throws IOException {
        try {
            server.mkdir(path);
        } catch (SftpException e) {
            // Somebody else may have been faster; servers have no word for it.
            if (look(path) == null) {
                throw e;
            }
        }
    }

    private SftpClient.@Nullable Attributes look(String path) throws IOException {
        try {
            return server.lstat(path);
        } catch (SftpException e) {
            if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
                    || e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public OptionalLong length(String name) throws IOException {
        SftpClient.Attributes found = look(path(name));
        if (found == null) {
            return OptionalLong.empty();
        }
        if (!found.isRegularFile()) {
            throw DestinationException.never("what has the archive's name there is no file");
        }
        return OptionalLong.of(found.getSize());
    }

    @Override
    public ReadableByteChannel read(String name) throws IOException {
        return Channels.newChannel(server.read(path(name), BUFFER));
    }

    @Override
    public void write(String name, long from, ReadableByteChannel rest) throws IOException {
        String path = path(name);
        try (SftpClient.CloseableHandle handle = server.open(path, WRITE)) {
            try (SftpOutputStreamAsync stream = new SftpOutputStreamAsync(server, BUFFER, path, handle, false)) {
                stream.setOffset(from);
                ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
                while (rest.read(buffer) >= 0) {
                    stream.write(buffer.array(), 0, buffer.position());
                    buffer.clear();
                }
            }
            OpenSSHFsyncExtension sync = server.getExtension(OpenSSHFsyncExtension.class);
            if (sync != null && sync.isSupported()) {
                sync.fsync(handle);
            }
        }
    }

    /** A rename of this version takes no other file's place. */
    @Override
    public boolean moveIfAbsent(String from, String to) throws IOException {
        if (look(path(to)) != null) {
            return false;
        }
        try {
            server.rename(path(from), path(to));
            return true;
        } catch (SftpException e) {
            if (look(path(to)) != null) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void replace(String from, String to) throws IOException {
        OpenSSHPosixRenameExtension rename = server.getExtension(OpenSSHPosixRenameExtension.class);
        if (rename != null && rename.isSupported()) {
            rename.posixRename(path(from), path(to));
            return;
        }
        // For a moment there is neither; the next try would find the new one under its temporary name.
        delete(to);
        server.rename(path(from), path(to));
    }

    @Override
    public void delete(String name) throws IOException {
        if (look(path(name)) != null) {
            server.remove(path(name));
        }
    }

    /** As {@link Destination#sweep} has it. */
    int removeParts(Destination.Leftovers leftovers) throws IOException {
        return removeParts(folder, leftovers.folders(), leftovers.before());
    }

    private int removeParts(String path, int folders, Instant before) throws IOException {
        int removed = 0;
        for (SftpClient.DirEntry entry : server.readEntries(path.isEmpty() ? "/" : path)) {
            String name = entry.getFilename();
            String below = path + "/" + name;
            if (Placement.isPart(name)) {
                removed += removePart(below, before);
            } else if (folders > 0 && !name.equals(".") && !name.equals("..") && isFolder(below)) {
                try {
                    removed += removeParts(below, folders - 1, before);
                } catch (SftpException e) {
                    // Another's, which we may not look into.
                    log.debug("{} is not looked at", below, e);
                }
            }
        }
        return removed;
    }

    /** A link to one is none. */
    private boolean isFolder(String path) throws IOException {
        SftpClient.Attributes found = look(path);
        return found != null && found.isDirectory();
    }

    private int removePart(String path, Instant before) throws IOException {
        SftpClient.Attributes found = look(path);
        if (found == null
                || !found.isRegularFile()
                || found.getModifyTime() == null
                || !found.getModifyTime().toInstant().isBefore(before)) {
            return 0;
        }
        server.remove(path);
        return 1;
    }
}
