package dev.windrow.worker.run;

import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.worker.encode.Encoders;
import dev.windrow.worker.encode.row.RowEncoder;
import dev.windrow.worker.reading.OneRow;
import java.io.IOException;
import java.util.function.Function;

/** Writes one file that is one object, made of one row. It is never left half-way. Belongs to the run's thread. */
final class ObjectPart {
    private final ExportPlan.Part part;
    private final ExportRequest request;
    private final Blocks blocks;
    private final Function<RowSelection, RowReader> open;

    /** @param open a reader, which this closes */
    ObjectPart(ExportPlan.Part part, ExportRequest request, Blocks blocks, Function<RowSelection, RowReader> open) {
        this.part = part;
        this.request = request;
        this.blocks = blocks;
        this.open = open;
    }

    void write() throws IOException, SourceException {
        RowSelection selection = part.selection();
        blocks.open(part.entryName(1), null);
        RowEncoder encoder = Encoders.object(selection.columns(), request.options(), blocks.encoded());
        encoder.begin();
        OneRow.copy(open.apply(selection), "File " + selection.file().name(), encoder);
        encoder.end();
        blocks.close(1, encoder.counts(), false);
    }
}
