package dev.windrow.app.home;

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
import java.util.regex.Pattern;

/** A secret that is made once and kept in a file, which only its owner may read. */
final class KeptSecret {
    private static final int BYTES = 32;
    private static final int LONGEST = 1_024;
    /** What a kill leaves of one. */
    private static final Pattern HALF = Pattern.compile("[0-9a-f]{0,31}");

    private KeptSecret() {}

    /**
     * The secret in the file, made where there is none. Processes that come at the same time take turns by a lock, so
     * that all have the same one; what a process left half-written when it was killed has been used by nobody and is
     * made anew. One that was put there, with a line's end or without, is taken if it is long enough.
     *
     * @throws IOException also where the file holds something else, which is left as it is
     */
    static String of(Path file) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, OwnerOnly.file());
                var lock = channel.lock()) {
            String held = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (held.length() >= BYTES && held.length() <= LONGEST) {
                OwnerOnly.close(file);
                return held;
            }
            if (Files.isSymbolicLink(file) || !HALF.matcher(held).matches()) {
                throw new IOException(
                        "it holds " + held.length() + " characters, and a secret has " + BYTES + " to " + LONGEST);
            }
            byte[] fresh = fresh();
            channel.truncate(0).write(ByteBuffer.wrap(fresh), 0);
            channel.force(true);
            return new String(fresh, StandardCharsets.US_ASCII);
        }
    }

    /** The secret in the file, or another one, which is not kept, where there is none. */
    static String orFresh(Path file) throws IOException {
        return Files.exists(file) ? of(file) : new String(fresh(), StandardCharsets.US_ASCII);
    }

    private static byte[] fresh() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII);
    }
}
