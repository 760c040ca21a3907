package dev.windrow.common.artifact;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Where nothing survives a worker's disk: keeps nothing, and says so by a {@link #least} that no file reaches.
 * Thread-safe.
 */
public final class NoSegments implements Segments {
    @Override
    public long least() {
        return Long.MAX_VALUE;
    }

    @Override
    public void keep(Segment segment, Path file) {
        throw new UnsupportedOperationException("no segment is of this length: " + segment.length());
    }

    @Override
    public void fetch(Segment segment, Path file, LongConsumer read) throws NoSuchFileException {
        throw new NoSuchFileException(segment.run());
    }

    @Override
    public List<Segment> of(String run) {
        return List.of();
    }

    @Override
    public List<String> runs() {
        return List.of();
    }

    @Override
    public void remove(String run) {}
}
