package dev.windrow.worker.files;

import dev.windrow.common.artifact.Segments;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Segments in a folder that several benches share, as machines share a bucket. It looks at no bytes. */
public final class FolderSegments implements Segments {
    private final Path folder;
    /** Strikes before a segment is kept or fetched. */
    public volatile Fault fault = () -> {};

    public final AtomicInteger fetched = new AtomicInteger();

    /** What goes wrong. */
    public interface Fault {
        void strike() throws IOException;
    }

    public FolderSegments(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public long least() {
        return 1;
    }

    @Override
    public void keep(Segment segment, Path file) throws IOException {
        fault.strike();
        ByteBuffer bytes = ByteBuffer.allocate((int) segment.length());
        try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (source.read(bytes, segment.from() + bytes.position()) < 0) {
                    throw new EOFException(segment.toString());
                }
            }
        }
        put(segment, bytes.array());
    }

    public void put(Segment segment, byte[] bytes) throws IOException {
        Files.createDirectories(folder.resolve(segment.run()));
        Files.write(file(segment), bytes);
    }

    @Override
    public void fetch(Segment segment, Path file, LongConsumer read) throws IOException {
        fault.strike();
        byte[] bytes = Files.readAllBytes(file(segment));
        read.accept(bytes.length);
        try (FileChannel target = FileChannel.open(file, StandardOpenOption.WRITE)) {
            target.write(ByteBuffer.wrap(bytes), segment.from());
        }
        fetched.incrementAndGet();
    }

    @Override
    public List<Segment> of(String run) throws IOException {
        fault.strike();
        try (Stream<Path> files = Files.list(folder.resolve(run))) {
            return files.map(file -> segment(run, String.valueOf(file.getFileName())))
                    .sorted(Comparator.comparing(Segment::from))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static Segment segment(String run, String name) {
        String[] numbers = name.split("-", 2);
        return new Segment(run, Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }

    public Path file(Segment segment) {
        return folder.resolve(segment.run())
                .resolve(String.format(Locale.ROOT, "%016d-%d", segment.from(), segment.length()));
    }

    @Override
    public List<String> runs() throws IOException {
        fault.strike();
        try (Stream<Path> runs = Files.list(folder)) {
            return runs.map(run -> String.valueOf(run.getFileName())).sorted().toList();
        }
    }

    @Override
    public void remove(String run) throws IOException {
        fault.strike();
        for (Segment segment : of(run)) {
            Files.delete(file(segment));
        }
        Files.deleteIfExists(folder.resolve(run));
    }
}
