package dev.windrow.worker.run;

import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Phase;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.worker.archive.ArchiveState;
import dev.windrow.worker.archive.ArchiveWriter;
import dev.windrow.worker.attachments.AttachmentFolder;
import dev.windrow.worker.attachments.AttachmentList;
import dev.windrow.worker.reading.Reading;
import dev.windrow.worker.reading.RowCount;
import dev.windrow.worker.run.AttachmentsPart.Copied;
import dev.windrow.worker.run.StopSignal.StoppedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One claim's run: rows → encoded blocks → archive → sealed → published → completed. It begins at the export's
 * checkpoint, if it has one. Every step that others see goes through {@link StatusLine}, which throws when the claim is
 * lost. Belongs to one thread.
 */
final class ExportRun {
    private final RunResources resources;
    private final Export export;
    private final ExportPlan plan;
    private final StatusLine status;
    private final Figures figures;
    private final StopSignal stop;
    private final int level;
    private final @Nullable Checkpoint resumed;
    private final Counting counting;
    private final EntryTally tally;
    private final Map<Integer, Copied> attachments = new TreeMap<>();
    private final boolean snapshot;
    private boolean checkpointed;

    /** @param resumed the checkpoint that this claim has adopted; null to begin anew */
    ExportRun(
            RunResources resources,
            Export export,
            ExportPlan plan,
            StatusLine status,
            StopSignal stop,
            @Nullable Checkpoint resumed,
            Counting counting) {
        this.resources = resources;
        this.export = export;
        this.plan = plan;
        this.status = status;
        this.figures = status.figures();
        this.stop = stop;
        this.resumed = resumed;
        this.counting = counting;
        this.snapshot = Reading.isSnapshot(plan.dataset());
        this.level = resumed == null ? resources.settings().level() : resumed.level();
        this.tally = resumed == null ? new EntryTally() : EntryTally.from(resumed);
    }

    /**
     * Runs to completion. Whatever it throws, nothing of it is visible to others but the status, and its work file is
     * left for the caller.
     */
    Artifact run() throws IOException, SourceException, StoppedException {
        Cutoff cutoff;
        ArchiveWriter opened;
        try (Reading reading = Reading.begin(resources.source(), plan.dataset(), stop::onStop)) {
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
                    new Sealing(resources, export, plan, status, stop, new Sealing.Written(cutoff, tally, attachments));
            Artifact artifact = sealing.seal(archive);
            Blocks.refuseExcess(artifact.bytes(), plan.limits());
            return publish(artifact);
        }
    }

    private void write(ArchiveWriter archive, Reading reading, Cutoff cutoff)
            throws IOException, SourceException, StoppedException {
        try (RowCount count = counting.begin(cutoff)) {
            Blocks blocks = new Blocks(
                    archive,
                    tally,
                    figures,
                    stop,
                    () -> checkpoint(archive),
                    resources.settings().checkpointInterval(),
                    plan.limits());
            int first = plan.firstPart(tally);
            for (int part = 0; part < plan.parts().size(); part++) {
                if (plan.parts().get(part).kind() == Kind.ATTACHMENTS) {
                    attachments.put(part, copyAttachments(part, reading, blocks));
                } else if (part >= first) {
                    writePart(part, reading, cutoff.bounds().get(part), blocks);
                }
            }
            if (count != null) {
                counting.refuseLostRows(tally.rows(), reading);
            }
        }
    }

    private Cutoff cutoff(Reading reading) throws SourceException {
        Cutoff fixed = export.run().cutoff();
        // A snapshot is of the moment at which it was taken, and so another one each time.
        if (fixed != null && !snapshot) {
            return fixed;
        }
        List<@Nullable String> bounds = plan.bounds(reading);
        // After the bounds, not before: a row that came later than this moment is surely not in it.
        Cutoff cutoff = new Cutoff(resources.clock().instant(), bounds);
        status.fix(cutoff);
        return cutoff;
    }

    private ArchiveWriter openArchive(Cutoff cutoff) throws IOException {
        Path file = resources.files().of(status.claim());
        ArchiveWriter.Options options = new ArchiveWriter.Options(level, cutoff.asOf());
        return resumed == null
                ? ArchiveWriter.create(file, options, resources.deflate())
                : ArchiveWriter.resume(file, EntryTally.archiveState(resumed), options, resources.deflate());
    }

    private void writePart(int index, Reading reading, @Nullable String bound, Blocks blocks)
            throws IOException, SourceException, StoppedException {
        // Attachments may have come before.
        figures.enter(Phase.ROWS);
        ExportPlan.Part part = plan.parts().get(index);
        if (part.kind() == Kind.OBJECT) {
            new ObjectPart(part, export.request(), blocks, reading::open).write();
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

    private void checkpoint(ArchiveWriter archive) throws IOException, StoppedException {
        if (snapshot) {
            // Nobody can go on with another state of the source.
            figures.reached(tally.rows(), archive.length());
            return;
        }
        ArchiveState synced = archive.sync();
        if (!checkpointed) {
            resources.files().syncFolder();
        }
        status.checkpoint(tally.checkpoint(status.claim().number(), level, archive.engine(), synced));
        if (!checkpointed) {
            resources.files().removeBefore(status.claim());
        }
        checkpointed = true;
        resources.space().reached(status.claim(), archive.length());
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
        resources.files().publish(artifact, resources.artifacts());
        status.complete(artifact, resources.settings().artifactRetention());
        return artifact;
    }
}
