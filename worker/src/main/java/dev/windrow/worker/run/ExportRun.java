package dev.windrow.worker.run;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Phase;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import dev.windrow.worker.archive.ArchiveState;
import dev.windrow.worker.archive.ArchiveWriter;
import dev.windrow.worker.archive.DeflatePool;
import dev.windrow.worker.attachments.AttachmentFolder;
import dev.windrow.worker.attachments.AttachmentList;
import dev.windrow.worker.encode.Encoders;
import dev.windrow.worker.encode.row.RowEncoder;
import dev.windrow.worker.files.RunSpace;
import dev.windrow.worker.files.WorkFiles;
import dev.windrow.worker.reading.OneRow;
import dev.windrow.worker.reading.Reading;
import dev.windrow.worker.reading.RowCount;
import dev.windrow.worker.run.AttachmentsPart.Copied;
import dev.windrow.worker.run.StopSignal.StoppedException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One claim's run: rows → encoded blocks → archive → sealed → published → completed. It begins at the export's
 * checkpoint, if it has one. Every step that others see goes through {@link StatusLine}, which throws when the claim is
 * lost. Belongs to one thread.
 */
final class ExportRun {
    /** What all runs of a process share. */
    record Surroundings(
            RowSource source,
            ArtifactStore artifacts,
            WorkFiles files,
            DeflatePool deflate,
            Executor counting,
            Clock clock,
            RunSettings settings,
            RunSpace space) {}

    private final Surroundings around;
    private final Export export;
    private final ExportPlan plan;
    private final StatusLine status;
    private final Figures figures;
    private final StopSignal stop;
    private final int level;
    private final @Nullable Checkpoint resumed;
    private final EntryTally tally;
    private final Map<Integer, Copied> attachments = new TreeMap<>();

    private final boolean snapshot;
    private boolean checkpointed;

    /** @param resumed the checkpoint that this claim has adopted; null to begin anew */
    ExportRun(
            Surroundings around,
            Export export,
            ExportPlan plan,
            StatusLine status,
            StopSignal stop,
            @Nullable Checkpoint resumed) {
        this.around = around;
        this.export = export;
        this.plan = plan;
        this.status = status;
        this.figures = status.figures();
        this.stop = stop;
        this.resumed = resumed;
        this.snapshot = Reading.isSnapshot(plan.dataset());
        this.level = resumed == null ? around.settings().level() : resumed.level();
        this.tally = resumed == null ? new EntryTally() : EntryTally.from(resumed);
    }

    /**
     * Runs to completion. Whatever it throws, nothing of it is visible to others but the status, and its work file is
     * left for the caller.
     */
    Artifact run() throws IOException, SourceException, StoppedException {
        Cutoff cutoff;
        ArchiveWriter opened;
        try (Reading reading = Reading.begin(around.source(), plan.dataset(), stop::onStop)) {
            cutoff = cutoff(reading);
            opened = openArchive(cutoff);
            boolean written = false;
            try {
                write(opened, reading, cutoff);
                written = true;
            } finally {
                if (!written) {
                    opened.close();
                }
            }
        }
        // The source is left alone while the archive is read back.
        try (ArchiveWriter archive = opened) {
            figures.enter(Phase.SEALING);
            Sealing sealing =
                    new Sealing(around, export, plan, status, stop, new Sealing.Written(cutoff, tally, attachments));
            return publish(sealing.seal(archive));
        }
    }

    private void write(ArchiveWriter archive, Reading reading, Cutoff cutoff)
            throws IOException, SourceException, StoppedException {
        try (RowCount count = countBeside(cutoff)) {
            Blocks blocks = new Blocks(
                    archive,
                    tally,
                    figures,
                    stop,
                    () -> checkpoint(archive),
                    around.settings().checkpointInterval());
            int first = plan.firstPart(tally);
            for (int part = 0; part < plan.parts().size(); part++) {
                if (plan.parts().get(part).kind() == Kind.ATTACHMENTS) {
                    attachments.put(part, copyAttachments(part, reading, blocks));
                } else if (part >= first) {
                    writePart(part, reading, cutoff.bounds().get(part), blocks);
                }
            }
            if (count != null) {
                refuseLostRows(reading);
            }
        }
    }

    /** Fewer rows than were counted, in a source that nobody has changed: they were not asked for rightly. */
    private void refuseLostRows(Reading reading) throws SourceException {
        Long counted = figures.counted();
        if (counted != null && tally.rows() < counted && reading.isUnchanged()) {
            throw new SourceException(
                    SourceException.Kind.ROWS_LOST,
                    String.format(
                            Locale.ROOT,
                            "%,d rows were counted and %,d came, though the source was not changed: it sorts a key otherwise"
                                    + " than it compares it, one of %s.",
                            counted,
                            tally.rows(),
                            plan.keys()));
        }
    }

    private Cutoff cutoff(Reading reading) throws SourceException, StoppedException {
        Cutoff fixed = export.run().cutoff();
        // A snapshot is of the moment at which it was taken, and so another one each time.
        if (fixed != null && !snapshot) {
            return fixed;
        }
        List<@Nullable String> bounds = new ArrayList<>();
        for (ExportPlan.Part part : plan.parts()) {
            bounds.add(part.kind() == Kind.ATTACHMENTS ? null : lastPosition(part, reading));
        }
        // After the bounds, not before: a row that came later than this moment is surely not in it.
        Cutoff cutoff = new Cutoff(around.clock().instant(), bounds);
        status.fix(cutoff);
        return cutoff;
    }

    private static @Nullable String lastPosition(ExportPlan.Part part, Reading reading) throws SourceException {
        try (RowReader reader = reading.open(part.selection())) {
            return reader.lastPosition();
        }
    }

    private ArchiveWriter openArchive(Cutoff cutoff) throws IOException {
        ArchiveWriter.Options options = new ArchiveWriter.Options(level, cutoff.asOf());
        return resumed == null
                ? ArchiveWriter.create(around.files().of(status.claim()), options, around.deflate())
                : ArchiveWriter.resume(
                        around.files().of(status.claim()), EntryTally.archiveState(resumed), options, around.deflate());
    }

    private @Nullable RowCount countBeside(Cutoff cutoff) {
        if (!plan.dataset().counted() || export.progress().rowsTotal() != null) {
            return null;
        }
        List<RowCount.Part> parts = new ArrayList<>();
        for (int i = 0; i < plan.parts().size(); i++) {
            String bound = cutoff.bounds().get(i);
            if (bound != null) {
                parts.add(new RowCount.Part(
                        around.source().open(plan.parts().get(i).selection()), bound));
            }
        }
        return RowCount.start(parts, around.counting(), figures::counted);
    }

    private void writePart(int index, Reading reading, @Nullable String bound, Blocks blocks)
            throws IOException, SourceException, StoppedException {
        // Attachments may have come before.
        figures.enter(Phase.ROWS);
        ExportPlan.Part part = plan.parts().get(index);
        if (part.kind() == Kind.OBJECT) {
            writeObject(part, reading, blocks);
        } else {
            new RowsPart(part, export.request(), blocks, reading::open).write(bound, tally);
        }
    }

    private Copied copyAttachments(int index, Reading reading, Blocks blocks)
            throws IOException, SourceException, StoppedException {
        figures.enter(Phase.ATTACHMENTS);
        RowSelection selection = plan.parts().get(index).selection();
        try (AttachmentFolder folder = AttachmentFolder.of(selection)) {
            AttachmentList list = AttachmentList.read(selection, folder, reading::open, this::stillWanted);
            return new AttachmentsPart(list, folder, blocks, this::stillWanted)
                    .write(plan.reached(index, tally), tally);
        }
    }

    private void writeObject(ExportPlan.Part part, Reading reading, Blocks blocks) throws IOException, SourceException {
        blocks.open(part.entryName(1), null);
        RowEncoder encoder =
                Encoders.object(part.selection().columns(), export.request().options(), blocks.encoded());
        encoder.begin();
        OneRow.copy(
                reading.open(part.selection()),
                "File " + part.selection().file().name(),
                encoder);
        encoder.end();
        blocks.close(1, encoder.counts(), false);
    }

    private void checkpoint(ArchiveWriter archive) throws IOException, StoppedException {
        if (snapshot) {
            // Nobody can go on with another state of the source.
            figures.reached(tally.rows(), archive.length());
            return;
        }
        ArchiveState synced = archive.sync();
        if (!checkpointed) {
            around.files().syncFolder();
        }
        status.checkpoint(tally.checkpoint(status.claim().number(), level, archive.engine(), synced));
        if (!checkpointed) {
            around.files().removeBefore(status.claim());
        }
        checkpointed = true;
        around.space().reached(status.claim(), archive.length());
    }

    /**
     * Very many attachments take a while, and none may be there: a cancel must not wait for them. A shutdown waits for
     * the next block: that is where work is kept.
     */
    private void stillWanted() {
        figures.alive();
        if (stop.reason() == StopSignal.Reason.LOST) {
            stop.check("attachments");
        }
    }

    private Artifact publish(Artifact artifact) throws IOException, StoppedException {
        status.intend(artifact, RunWarnings.of(tally, attachments.values(), snapshot ? null : figures.counted()));
        around.files().publish(artifact, around.artifacts());
        status.complete(artifact, around.settings().artifactRetention());
        return artifact;
    }
}
