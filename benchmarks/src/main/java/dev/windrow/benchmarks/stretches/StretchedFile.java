package dev.windrow.benchmarks.stretches;

import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.worker.archive.ArchiveState;
import dev.windrow.worker.archive.ArchiveWriter;
import dev.windrow.worker.archive.BlockRule;
import dev.windrow.worker.archive.DeflatePool;
import dev.windrow.worker.archive.Sealed;
import dev.windrow.worker.crc.CrcJoin;
import dev.windrow.worker.encode.Encoders;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file's stretches, made by the reader, the encoders and the archive writer of the product, and an archive put
 * together of them. Safe for use by many threads, each with a stretch and a file of its own.
 */
public final class StretchedFile {
    private static final ArchiveWriter.Options OPTIONS =
            new ArchiveWriter.Options(4, Instant.parse("2026-01-01T00:00:00Z"));

    private final Input input;
    private final DeflatePool pool;

    public StretchedFile(Input input, DeflatePool pool) {
        this.input = input;
        this.pool = pool;
    }

    /**
     * A stretch that is made.
     *
     * @param file holds room for a header, then the stretch's blocks and nothing else
     * @param blocks how many bytes and which sum they have
     * @param counts what the encoder altered
     */
    public record Made(Path file, ArchiveState.Entry blocks, long rows, Map<String, Long> counts) {}

    /**
     * An archive, and what each part of its making cost the one thread that did it.
     *
     * @param cost of what only one can do
     */
    public record Archive(Sealed sealed, String blockList, long rows, Map<String, Long> counts, Cost cost) {
        /**
         * Seconds of CPU of the thread that made the archive: on an idle machine as many of time, since all that it
         * reads was just written.
         *
         * @param rows to read and encode them; 0 where others did
         * @param joining to copy stretches together
         * @param reading to read the entry back, inflate it and digest it, as far as that was not done behind the
         *     writing
         * @param sealing to write the headers, and to read the file for its digest and the list of its blocks
         */
        public record Cost(double rows, double joining, double reading, double sealing) {}

        /** Whether both are the same to the last byte, and say the same of their rows. */
        public boolean isSame(Archive other) {
            return sealed.equals(other.sealed)
                    && blockList.equals(other.blockList)
                    && rows == other.rows
                    && counts.equals(other.counts);
        }
    }

    /** The position of the last row as of now; the source has rows. */
    public String bound(SourceConnections connections) throws IOException, SourceException {
        try (RowReader reader = new JdbcRowSource(connections).open(input.selection())) {
            String last = reader.lastPosition();
            if (last == null) {
                throw new IOException("no rows");
            }
            return last;
        }
    }

    /** Rows up to the bound, counted. */
    public long count(SourceConnections connections, String bound) throws SourceException {
        try (RowReader reader = new JdbcRowSource(connections).open(input.selection())) {
            return reader.count(bound).orElseThrow();
        }
    }

    /** Makes all of it in one run, as the product does. */
    public Archive whole(SourceConnections connections, String bound, Path file) throws IOException, SourceException {
        try (ArchiveWriter archive = ArchiveWriter.create(file, OPTIONS, pool)) {
            archive.beginEntry(input.entryName());
            double began = cpuSeconds();
            Encoded encoded = write(connections, new Stretch(null, bound, true), archive);
            return sealed(archive, file, encoded, new Archive.Cost(cpuSeconds() - began, 0, 0, 0));
        }
    }

    /**
     * Makes a stretch by itself.
     *
     * @param file must not be there
     */
    public Made stretch(SourceConnections connections, Stretch stretch, Path file) throws IOException, SourceException {
        try (ArchiveWriter archive = ArchiveWriter.create(file, OPTIONS, pool)) {
            archive.beginEntry(input.entryName());
            Encoded encoded = write(connections, stretch, archive);
            ArchiveState.Entry blocks = archive.sync().entries().get(0);
            return new Made(file, blocks, encoded.rows, encoded.counts);
        }
    }

    /** Rows that are in an archive, and what was altered of them. */
    private record Encoded(long rows, Map<String, Long> counts) {}

    private Encoded write(SourceConnections connections, Stretch stretch, ArchiveWriter archive)
            throws IOException, SourceException {
        EncodedBytes out = new EncodedBytes();
        // That there are rows before it is all that a stretch needs to know of them.
        Resume resume = stretch.isFirst() ? Resume.NONE : new Resume(1, Map.of());
        RowEncoder encoder =
                Encoders.of(input.format(), input.selection().columns(), FormatOptions.DEFAULT, out, resume);
        if (stretch.isFirst()) {
            encoder.begin();
        }
        long rows = 0;
        int blockRows = 0;
        try (RowReader reader = new JdbcRowSource(connections).open(input.selection())) {
            String after = stretch.after();
            boolean last = false;
            while (!last) {
                try (RowReader.Leg leg = reader.read(after, stretch.bound())) {
                    long before = rows;
                    while (leg.next()) {
                        leg.copyTo(encoder);
                        rows++;
                        blockRows++;
                        if (BlockRule.endsAfter(true, leg.keyHash(), blockRows, out.length())) {
                            leg.pause();
                            encoder.endBlock();
                            append(out, archive);
                            blockRows = 0;
                        }
                    }
                    last = leg.isLast();
                    after = rows > before ? leg.position() : after;
                }
            }
        }
        if (stretch.last()) {
            encoder.end();
        }
        append(out, archive);
        return new Encoded(rows, encoder.counts());
    }

    private static void append(EncodedBytes out, ArchiveWriter archive) throws IOException {
        if (out.length() > 0) {
            archive.append(out.array(), 0, out.length());
            out.clear();
        }
    }

    /**
     * Puts stretches together, in their order.
     *
     * @param file must not be there
     */
    public Archive join(List<Made> stretches, Path file) throws IOException {
        double began = cpuSeconds();
        long rows = 0;
        Map<String, Long> counts = new TreeMap<>();
        ArchiveState.Entry joined = new ArchiveState.Entry(input.entryName(), 0, 0, 0, 0, true);
        long at = 0;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Made stretch : stretches) {
                ArchiveState.Entry blocks = stretch.blocks;
                try (FileChannel in = FileChannel.open(stretch.file, StandardOpenOption.READ)) {
                    // The first one's room for a header is that of the file.
                    long from = at == 0 ? 0 : in.size() - blocks.compressedBytes();
                    at += copy(in, from, out);
                }
                joined = new ArchiveState.Entry(
                        joined.name(),
                        0,
                        joined.bytes() + blocks.bytes(),
                        joined.compressedBytes() + blocks.compressedBytes(),
                        CrcJoin.join(joined.crc32(), blocks.crc32(), blocks.bytes()),
                        true);
                rows += stretch.rows;
                stretch.counts.forEach((name, count) -> counts.merge(name, count, Long::sum));
            }
        }
        double joining = cpuSeconds() - began;
        ArchiveState state = new ArchiveState(at, List.of(joined));
        try (ArchiveWriter archive = ArchiveWriter.resume(file, state, OPTIONS, pool)) {
            return sealed(archive, file, new Encoded(rows, counts), new Archive.Cost(0, joining, 0, 0));
        }
    }

    private static long copy(FileChannel in, long from, FileChannel out) throws IOException {
        long at = from;
        while (at < in.size()) {
            at += in.transferTo(at, in.size() - at, out);
        }
        return at - from;
    }

    private static Archive sealed(ArchiveWriter archive, Path file, Encoded encoded, Archive.Cost before)
            throws IOException {
        archive.endEntry();
        double began = cpuSeconds();
        archive.readBack(bytes -> {});
        double read = cpuSeconds();
        Path blockList = file.resolveSibling(file.getFileName() + ".blocks");
        Sealed sealed = archive.finish(blockList, bytes -> {});
        Archive.Cost cost = new Archive.Cost(before.rows, before.joining, read - began, cpuSeconds() - read);
        return new Archive(sealed, Files.readString(blockList), encoded.rows, new TreeMap<>(encoded.counts), cost);
    }

    private static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
