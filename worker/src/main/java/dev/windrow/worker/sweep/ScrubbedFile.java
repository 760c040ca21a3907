package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.Sha256;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** A stored archive that is being read again, slice by slice. Owns its channel. Belongs to one thread. */
final class ScrubbedFile implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;

    private final Export export;
    private final Artifact artifact;
    private final SeekableByteChannel channel;
    private final Sha256 sha256 = new Sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    private long length;

    ScrubbedFile(Export export, Artifact artifact, SeekableByteChannel channel) {
        this.export = export;
        this.artifact = artifact;
        this.channel = channel;
    }

    Export export() {
        return export;
    }

    /** Reads about as many bytes. True at the file's end, or once it is longer than its row says. */
    boolean read(long bytes) throws IOException {
        for (long left = bytes; left > 0; left -= buffer.limit()) {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                return true;
            }
            buffer.flip();
            length += buffer.limit();
            sha256.update(buffer.array(), 0, buffer.limit());
        }
        return length > artifact.bytes();
    }

    /**
     * What is wrong with all that was read, in words; null where nothing is. Ask once, after {@link #read} has said
     * true.
     */
    @Nullable String fault() {
        if (length != artifact.bytes()) {
            return "has not the " + artifact.bytes() + " bytes that its row says";
        }
        boolean same = sha256.hex().equals(artifact.sha256());
        return same ? null : "has not the SHA-256 that its row says";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
