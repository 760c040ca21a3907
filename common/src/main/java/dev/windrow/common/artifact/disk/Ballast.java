package dev.windrow.common.artifact.disk;

import dev.windrow.common.artifact.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A file that takes up room, to be removed when there is none left and something small must still be written.
 * Thread-safe.
 */
final class Ballast {
    private static final int BYTES = 16 << 20;
    private static final int CHUNK = 1 << 16;
    private static final Set<StandardOpenOption> ANEW =
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);

    private final Path file;
    private final int bytes;

    Ballast(Path file) {
        this(file, BYTES);
    }

    /** @param bytes a multiple of 64 KiB */
    Ballast(Path file, int bytes) {
        if (bytes % CHUNK != 0) {
            throw new IllegalArgumentException("bytes: " + bytes);
        }
        this.file = file;
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    synchronized boolean isWhole() throws IOException {
        try {
            return Files.size(file) == bytes;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Writes it anew; what could not be written whole is removed. */
    synchronized void make() throws IOException {
        try (FileChannel channel = FileChannel.open(file, ANEW, OwnerOnly.file())) {
            // Noise, since a file system may compress, or make holes of zeros.
            SplittableRandom random = new SplittableRandom(1);
            for (int written = 0; written < bytes; written += CHUNK) {
                ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
                while (chunk.hasRemaining()) {
                    chunk.putLong(random.nextLong());
                }
                chunk.flip();
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** @return false when there was none */
    synchronized boolean release() throws IOException {
        return Files.deleteIfExists(file);
    }
}
