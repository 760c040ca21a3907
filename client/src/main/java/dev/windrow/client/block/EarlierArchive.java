package dev.windrow.client.block;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An archive that is here already, as far as it can be read: whatever is the matter with it, the later one can be had
 * without. Belongs to one thread, and is closed by whoever opened it.
 */
public final class EarlierArchive implements Closeable {
    /** Null where it can't be read. */
    private final @Nullable FileChannel file;

    private @Nullable Stretches stretches;

    private EarlierArchive(@Nullable FileChannel file) {
        this.file = file;
    }

    /** Opens it, if it can be opened. */
    public static EarlierArchive open(Path path) {
        try {
            return new EarlierArchive(FileChannel.open(path, StandardOpenOption.READ));
        } catch (IOException e) {
            return new EarlierArchive(null);
        }
    }

    /**
     * Reads it from its first byte to its last, for a {@link Recipe} to know what it has.
     *
     * @return whether it can be read
     */
    public boolean look() {
        try {
            stretches = file == null ? null : Stretches.of(file);
        } catch (IOException e) {
            stretches = null;
        }
        return stretches != null;
    }

    /** Where such a stretch begins, as far as the first digits of its SHA-256 tell; empty before {@link #look}. */
    OptionalLong find(String sha256) {
        return stretches == null ? OptionalLong.empty() : stretches.find(sha256);
    }

    /**
     * Fills the buffer with the bytes from there on.
     *
     * @return whether it has so many
     */
    public boolean read(ByteBuffer buffer, long at) {
        try {
            long next = at;
            while (file != null && buffer.hasRemaining()) {
                int count = file.read(buffer, next);
                if (count < 0) {
                    return false;
                }
                next += count;
            }
            return file != null;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
