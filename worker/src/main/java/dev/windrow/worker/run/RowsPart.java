package dev.windrow.worker.run;

import dev.windrow.common.access.Gate;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.FileForm.Expansion;
import dev.windrow.common.catalog.FileForm.Header;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.trace.Activity;
import dev.windrow.common.trace.Detail;
import dev.windrow.common.trace.Traces;
import dev.windrow.worker.archive.BlockRule;
import dev.windrow.worker.encode.Encoders;
import dev.windrow.worker.encode.JsonHeader;
import dev.windrow.worker.encode.row.Resume;
import dev.windrow.worker.encode.row.RowEncoder;
import dev.windrow.worker.expand.ExpandedRows;
import dev.windrow.worker.reading.OneRow;
import dev.windrow.worker.run.StopSignal.StoppedException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes one file of rows, from its beginning or from where an earlier run left it. Belongs to the run's thread. */
final class RowsPart {
    private final ExportPlan.Part part;
    private final ExportRequest request;
    private final Blocks blocks;
    private final Function<RowSelection, RowReader> open;
    private final Traces traces;
    private final boolean stored;

    private int number = 1;
    private long rowsBefore;
    private long rows;
    /** Rows of the block in the making. */
    private int blockRows;

    private @Nullable String position;
    private @Nullable List<String> fields;
    private @Nullable JsonHeader header;

    /**
     * What writes a file.
     *
     * @param open readers, which this closes
     * @param traces shows each leg
     */
    RowsPart(
            ExportPlan.Part part,
            ExportRequest request,
            Blocks blocks,
            Function<RowSelection, RowReader> open,
            Traces traces) {
        this.traces = traces;
        this.part = part;
        this.request = request;
        this.blocks = blocks;
        this.open = open;
        // A workbook is compressed in itself.
        this.stored = request.format() == Format.XLSX;
    }

    /** @param bound the position of the last row; null when there is none */
    void write(@Nullable String bound, EntryTally tally) throws IOException, SourceException, StoppedException {
        Resume resume = resume(tally);
        header = header(resume);
        try (RowReader reader = reader(bound)) {
            RowEncoder encoder = resume == null ? begun() : encoder(resume);
            if (bound != null) {
                encoder = copyRows(bound, reader, encoder);
            }
            encoder.end();
            blocks.close(rows, encoder.counts(), stored);
        }
    }

    /** Takes over what is there of the file; null when nothing is. */
    private @Nullable Resume resume(EntryTally tally) {
        EntryTally.Entry last = tally.last();
        if (last == null || !last.isOpen()) {
            return null;
        }
        number = part.numberOf(last.name());
        rows = last.rows();
        position = last.position();
        fields = last.fields();
        Set<String> before =
                IntStream.range(1, number).mapToObj(part::entryName).collect(Collectors.toSet());
        rowsBefore = tally.entries().stream()
                .filter(entry -> before.contains(entry.name()))
                .mapToLong(EntryTally.Entry::rows)
                .sum();
        return new Resume(rows, last.counts());
    }

    private RowReader reader(@Nullable String bound) throws SourceException {
        RowReader reader = open.apply(part.selection());
        Expansion expansion = part.expansion();
        if (expansion == null) {
            return reader;
        }
        ExpandedRows expanded = new ExpandedRows(reader, part.selection().columns(), expansion, fields);
        boolean learnt = false;
        try {
            fields = expanded.learn(bound);
            learnt = true;
        } finally {
            if (!learnt) {
                expanded.close();
            }
        }
        return expanded;
    }

    /** The encoder of a new entry. */
    private RowEncoder begun() throws IOException, SourceException {
        blocks.open(part.entryName(number), fields);
        RowEncoder encoder = encoder(Resume.NONE);
        encoder.begin();
        return encoder;
    }

    private RowEncoder encoder(Resume resume) {
        return header == null
                ? Encoders.of(request.format(), columns(), request.options(), blocks.encoded(), resume)
                : Encoders.headed(header, columns(), blocks.encoded(), resume);
    }

    /** Read before the rows are: who holds a long row must not wait for the right to hold another. */
    private @Nullable JsonHeader header(@Nullable Resume resume) throws SourceException {
        Header said = part.selection().file().form().header();
        if (said == null || request.format() != Format.JSON) {
            return null;
        }
        boolean isWritten = resume != null && resume.rows() > 0;
        return isWritten ? JsonHeader.written(request.options().json()) : headerOf(said);
    }

    private JsonHeader headerOf(Header header) throws SourceException {
        String name = part.selection().file().name();
        DatasetFile row = new DatasetFile(name, header.query(), List.of(), header.columns(), 1, FileForm.OBJECT);
        List<Column> columns = Gate.shown(row, part.masks());
        RowSelection rows = part.selection();
        RowSelection selection = new RowSelection(rows.source(), row, columns, rows.parameters());
        String what = "The header of file " + name;
        return JsonHeader.of(
                columns,
                header.rows(),
                request.options().json(),
                sink -> OneRow.copy(open.apply(selection), what, sink));
    }

    private List<Column> columns() {
        return part.columns(fields);
    }

    /** @return the encoder of the last entry */
    private RowEncoder copyRows(String bound, RowReader reader, RowEncoder first)
            throws IOException, SourceException, StoppedException {
        RowEncoder encoder = first;
        String after = position;
        boolean last = false;
        while (!last) {
            try (Traces.Span span = traces.begin(Activity.LEG);
                    RowReader.Leg leg = reader.read(after, bound)) {
                long before = rowsBefore + rows;
                encoder = copyLeg(leg, encoder);
                last = leg.isLast();
                after = rowsBefore + rows > before ? leg.position() : after;
                span.note(Detail.ROWS, rowsBefore + rows - before);
            }
            if (!last) {
                blocks.heed(rows);
            }
        }
        return encoder;
    }

    private RowEncoder copyLeg(RowReader.Leg leg, RowEncoder first)
            throws IOException, SourceException, StoppedException {
        RowEncoder encoder = first;
        boolean keyed = !part.selection().file().key().isEmpty();
        while (leg.next()) {
            if (encoder.isFull()) {
                encoder = next(encoder);
            }
            leg.copyTo(encoder);
            rows++;
            blockRows++;
            if (BlockRule.endsAfter(
                    keyed, leg.keyHash(), blockRows, blocks.encoded().length())) {
                endBlock(leg, encoder);
            }
        }
        return encoder;
    }

    private void endBlock(RowReader.Leg leg, RowEncoder encoder) throws IOException, StoppedException {
        String position = leg.position();
        // What follows waits for disks and for the status table, as long as these take.
        leg.pause();
        encoder.endBlock();
        blockRows = 0;
        blocks.end(rows, position, encoder.state(), stored);
    }

    /** Ends a full entry and begins the next; only when a row comes that needs it, so that none is empty. */
    private RowEncoder next(RowEncoder full) throws IOException, SourceException {
        full.end();
        blocks.close(rows, full.counts(), stored);
        number++;
        rowsBefore += rows;
        rows = 0;
        blockRows = 0;
        return begun();
    }
}
