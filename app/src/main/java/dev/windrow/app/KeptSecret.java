package dev.windrow.app;

import dev.windrow.common.artifact.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** A secret that is made once and kept in a file, which only its owner may read. */
final class KeptSecret {
    private static final int BYTES = 32;
    private static final int CHARACTERS = 2 * BYTES;

    private KeptSecret() {}

    /**
     * The secret in the file, made where there is none. Processes that come at the same time take turns by a lock, so that all have the
     * same one; what a process left half-written when it was killed has been used by nobody and is made anew.
     */
    static String of(Path file) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, OwnerOnly.file());
                var lock = channel.lock()) {
            if (channel.size() != CHARACTERS) {
                channel.truncate(0).write(ByteBuffer.wrap(fresh()), 0);
                channel.force(true);
            }
            return Files.readString(file, StandardCharsets.US_ASCII);
        }
    }

    private static byte[] fresh() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII);
    }
}
