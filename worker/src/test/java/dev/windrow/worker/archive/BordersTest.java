package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.source.jdbc.value.KeyHash;
import dev.windrow.worker.crc.CrcJoin;
import dev.windrow.worker.encode.Encoders;
import dev.windrow.worker.encode.row.EncodedBytes;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies between two borders depends on nothing around it, so that anybody can make it at any time. */
class BordersTest {
    private static final int ROWS = 200_000;
    private static final String ENTRY = "rows";
    private static final List<Column> COLUMNS = List.of(
            new Column("id", ColumnType.INTEGER, false, null), new Column("name", ColumnType.STRING, false, null));

    private final DeflatePool pool = new DeflatePool(2);
    private final KeyHash hash = new KeyHash();

    @TempDir
    Path folder;

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void aboutEvery65536thKeyIsOneWhateverTheStepOfItsNumbers() {
        for (long step : new long[] {1, 10, 977, 1_000, 60_000, 1 << 16}) {
            int[] borders = borders(step, 2_000_000);
            assertThat(borders.length).as("step %d", step).isBetween(15, 50);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CSV", "JSON", "NDJSON"})
    void whatLiesBetweenThemComesOutTheSameWhenItIsMadeByItself(Format format) throws IOException {
        int[] borders = borders(1, ROWS);
        Path whole = folder.resolve("whole");
        try (ArchiveWriter archive = ArchiveWriter.create(whole, Sample.OPTIONS, pool)) {
            write(archive, format, 0, ROWS);
            finish(archive, whole);
        }
        assertThat(borders).hasSizeGreaterThan(1);

        List<Integer> ends = new ArrayList<>(IntStream.of(borders).boxed().toList());
        ends.add(ROWS);
        ArchiveState.Entry joined = new ArchiveState.Entry(ENTRY, 0, 0, 0, 0, true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[ArchiveState.Entry.headerBytes(ENTRY)]);
        int from = 0;
        for (int end : ends) {
            Path part = folder.resolve("part" + end);
            ArchiveState.Entry made = part(part, format, from, end);
            byte[] file = Files.readAllBytes(part);
            bytes.write(Arrays.copyOfRange(file, (int) made.dataOffset(), (int) made.end()));
            joined = new ArchiveState.Entry(
                    ENTRY,
                    0,
                    joined.bytes() + made.bytes(),
                    joined.compressedBytes() + made.compressedBytes(),
                    CrcJoin.join(joined.crc32(), made.crc32(), made.bytes()),
                    true);
            from = end;
        }
        Path together = Files.write(folder.resolve("together"), bytes.toByteArray());
        ArchiveState state = new ArchiveState(bytes.size(), List.of(joined));
        try (ArchiveWriter archive = ArchiveWriter.resume(together, state, Sample.OPTIONS, pool)) {
            finish(archive, together);
        }

        assertThat(together).hasSameBinaryContentAs(whole);
    }

    private int[] borders(long step, int rows) {
        return IntStream.rangeClosed(1, rows)
                .filter(row -> (hash.of(new long[] {row * step}) & 0xFFFF) == 0)
                .toArray();
    }

    private ArchiveState.Entry part(Path file, Format format, int from, int to) throws IOException {
        try (ArchiveWriter archive = ArchiveWriter.create(file, Sample.OPTIONS, pool)) {
            write(archive, format, from, to);
            return archive.sync().entries().get(0);
        }
    }

    /** Rows behind one up to another, blocks as a run makes them. */
    private void write(ArchiveWriter archive, Format format, int from, int to) throws IOException {
        archive.beginEntry(ENTRY);
        EncodedBytes out = new EncodedBytes();
        Resume resume = from == 0 ? Resume.NONE : new Resume(from, Map.of());
        RowEncoder encoder = Encoders.of(format, COLUMNS, FormatOptions.DEFAULT, out, resume);
        if (from == 0) {
            encoder.begin();
        }
        int inBlock = 0;
        for (int row = from + 1; row <= to; row++) {
            encoder.integer(row);
            encoder.text("name " + row % 97);
            encoder.endRow();
            inBlock++;
            if (BlockRule.endsAfter(true, hash.of(new long[] {row}), inBlock, out.length())) {
                encoder.endBlock();
                archive.append(out.array(), 0, out.length());
                out.clear();
                inBlock = 0;
            }
        }
        if (to == ROWS) {
            encoder.end();
        }
        archive.append(out.array(), 0, out.length());
    }

    private static void finish(ArchiveWriter archive, Path file) throws IOException {
        archive.endEntry();
        var unused = Sample.finish(archive, file);
    }
}
