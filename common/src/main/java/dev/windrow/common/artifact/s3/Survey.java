package dev.windrow.common.artifact.s3;

import dev.windrow.common.artifact.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What reading a file once tells of it: its digest, and which of its stretches are still those that the bucket has.
 *
 * @param same segments whose bytes are the file's, in order
 */
record Survey(long length, String sha256, List<KeptSegments.Kept> same) {
    private static final int BUFFER = 1 << 16;

    /**
     * @param kept in order, none over another
     * @param moved told how many bytes were read, often; what it throws ends the reading
     */
    static Survey of(Path file, List<KeptSegments.Kept> kept, LongConsumer moved) throws IOException {
        List<KeptSegments.Kept> same = new ArrayList<>();
        Sha256 whole = new Sha256();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Reader reader = new Reader(channel, whole, moved);
            for (KeptSegments.Kept each : kept) {
                reader.to(each.segment().from(), null);
                Sha256 part = new Sha256();
                if (reader.to(each.segment().end(), part) && part.hex().equals(each.sha256())) {
                    same.add(each);
                }
            }
            reader.to(Long.MAX_VALUE, null);
            return new Survey(reader.at, whole.hex(), List.copyOf(same));
        }
    }

    private static final class Reader {
        private final FileChannel channel;
        private final Sha256 whole;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private final LongConsumer moved;
        private long at;

        Reader(FileChannel channel, Sha256 whole, LongConsumer moved) {
            this.moved = moved;
            this.channel = channel;
            this.whole = whole;
        }

        /** @return false when the file ends before */
        boolean to(long end, @Nullable Sha256 part) throws IOException {
            while (at < end) {
                buffer.clear().limit((int) Math.min(BUFFER, end - at));
                int read = channel.read(buffer);
                if (read < 0) {
                    return false;
                }
                whole.update(buffer.array(), 0, read);
                if (part != null) {
                    part.update(buffer.array(), 0, read);
                }
                at += read;
                moved.accept(read);
            }
            return true;
        }
    }
}
