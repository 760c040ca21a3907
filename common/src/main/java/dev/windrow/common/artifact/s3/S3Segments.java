package dev.windrow.common.artifact.s3;

import dev.windrow.common.artifact.OwnerOnly;
import dev.windrow.common.artifact.Segments;
import dev.windrow.common.artifact.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Segments as objects. Safe for use by many threads and processes. */
final class S3Segments implements Segments {
    private static final int BUFFER = 1 << 16;

    private final Bucket bucket;
    private final KeptSegments kept;

    S3Segments(Bucket bucket, KeptSegments kept) {
        this.bucket = bucket;
        this.kept = kept;
    }

    @Override
    public long least() {
        return Parts.LEAST;
    }

    @Override
    public void keep(Segment segment, Path file) throws IOException {
        Stretch stretch = new Stretch(file, segment.from(), segment.length());
        Stretch.Sums sums = stretch.sums();
        bucket.put(kept.named(segment, sums.sha256()).object(), stretch, sums, false);
    }

    @Override
    public void fetch(Segment segment, Path file, LongConsumer read) throws IOException {
        KeptSegments.Kept there = kept.find(segment)
                .orElseThrow(() -> new NoSuchFileException(segment.run() + " from " + segment.from()));
        Bucket.Head head = bucket.head(there.object()).orElseThrow(() -> new NoSuchFileException(there.object()));
        Sha256 sha256 = new Sha256();
        try (SeekableByteChannel object = new S3Channel(bucket, there.object(), head);
                FileChannel target = FileChannel.open(
                        file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE), OwnerOnly.file())) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long at = segment.from();
            while (object.read(buffer) >= 0) {
                buffer.flip();
                sha256.update(buffer.array(), 0, buffer.limit());
                int count = buffer.limit();
                while (buffer.hasRemaining()) {
                    at += target.write(buffer, at);
                }
                read.accept(count);
                buffer.clear();
            }
        }
        if (!sha256.hex().equals(there.sha256())) {
            // Asked again, it would be no other: what was kept is gone.
            throw new NoSuchFileException(there.object(), null, "the bytes are not those that were kept");
        }
    }

    @Override
    public List<Segment> of(String run) throws IOException {
        return kept.of(run).stream().map(KeptSegments.Kept::segment).toList();
    }

    @Override
    public List<String> runs() throws IOException {
        return kept.runs();
    }

    @Override
    public void remove(String run) throws IOException {
        bucket.delete(kept.objects(run));
    }
}
