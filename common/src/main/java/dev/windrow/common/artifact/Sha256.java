package dev.windrow.common.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** A SHA-256 in the making. Belongs to one thread. */
public final class Sha256 {
    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest;

    /** Of these bytes, in lower-case hex. */
    public static String hex(byte[] bytes) {
        Sha256 sha256 = new Sha256();
        sha256.update(bytes, 0, bytes.length);
        return sha256.hex();
    }

    /**
     * Of a channel from where it stands to its end, in lower-case hex.
     *
     * @param read told how many bytes were read, often; what it throws ends the reading
     */
    public static String of(ReadableByteChannel channel, LongConsumer read) throws IOException {
        Sha256 sha256 = new Sha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (channel.read(buffer) >= 0) {
            buffer.flip();
            read.accept(buffer.remaining());
            sha256.update(buffer.array(), 0, buffer.limit());
            buffer.clear();
        }
        return sha256.hex();
    }

    /** Of nothing yet. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds bytes. */
    public void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** In lower-case hex; begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
