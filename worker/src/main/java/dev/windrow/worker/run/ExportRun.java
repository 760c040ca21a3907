package dev.windrow.worker.run;

import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Phase;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import dev.windrow.common.trace.Activity;
import dev.windrow.common.trace.Traces;
import dev.windrow.worker.archive.ArchiveState;
import dev.windrow.worker.archive.ArchiveWriter;
import dev.windrow.worker.attachments.AttachmentFolder;
import dev.windrow.worker.attachments.AttachmentList;
import dev.windrow.worker.files.Inheritance;
import dev.windrow.worker.files.Replication;
import dev.windrow.worker.reading.Reading;
import dev.windrow.worker.reading.RowCount;
import dev.windrow.worker.run.AttachmentsPart.Copied;
import dev.windrow.worker.run.StopSignal.StoppedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One claim's run: rows → encoded blocks → archive → sealed → published → completed. It begins at the export's
 * checkpoint, if it has one. Every step that others see goes through {@link StatusLine}, which throws when the claim is
 * lost. Belongs to one thread.
 */
final class ExportRun {
    private static final Logger log = LoggerFactory.getLogger(ExportRun.class);

    private final RunResources resources;
    private final Export export;
    private final ExportPlan plan;
    private final StatusLine status;
    private final Figures figures;
    private final StopSignal stop;
    private final int level;
    private final @Nullable Checkpoint resumed;
    private final String recipe;
    private final Replication replication;
    private final Traces traces;
    private final Counting counting;
    private final EntryTally tally;
    private final Map<Integer, Copied> attachments = new TreeMap<>();
    private final boolean snapshot;
    private boolean checkpointed;

    /**
     * What the run begins with.
     *
     * @param resumed the checkpoint that this claim has adopted; null to begin anew
     * @param recipe told with each new one
     * @param replication told of each new one; closed by its owner, or before the file is sealed
     * @param traces shows the steps
     */
    record Beginning(@Nullable Checkpoint resumed, String recipe, Replication replication, Traces traces) {}

    ExportRun(
            RunResources resources,
            Export export,
            ExportPlan plan,
            StatusLine status,
            StopSignal stop,
            Beginning beginning,
            Counting counting) {
        this.resources = resources;
        this.export = export;
        this.plan = plan;
        this.status = status;
        this.figures = status.figures();
        this.stop = stop;
        this.resumed = beginning.resumed;
        this.recipe = beginning.recipe;
        this.replication = beginning.replication;
        this.traces = beginning.traces;
        this.counting = counting;
        this.snapshot = Reading.isSnapshot(plan.dataset());
        this.level = beginning.resumed == null ? resources.settings().level() : beginning.resumed.level();
        this.tally = beginning.resumed == null ? new EntryTally() : EntryTally.from(beginning.resumed);
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
            // Sealing fills in the headers, far before the last checkpoint.
            replication.close();
            Sealing sealing =
                    new Sealing(resources, export, plan, status, stop, new Sealing.Written(cutoff, tally, attachments));
            Artifact artifact;
            try (Traces.Span ignored = traces.begin(Activity.SEAL)) {
                artifact = sealing.seal(archive);
            }
            Blocks.refuseExcess(artifact.bytes(), plan.limits());
            try (Traces.Span ignored = traces.begin(Activity.PUBLISH)) {
                return publish(artifact);
            }
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
        String keys = plan.bounding();
        if (fixed != null && !snapshot) {
            if (fixed.keys() == null || fixed.keys().equals(keys)) {
                return fixed;
            }
            log.warn("what belongs to the export is fixed anew: its queries or keys are others in the catalog now");
        }
        List<@Nullable String> bounds = plan.bounds(reading);
        // After the bounds, not before: a row that came later than this moment is surely not in it.
        Cutoff cutoff = new Cutoff(resources.clock().instant(), bounds, keys);
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
            new RowsPart(part, export.request(), blocks, reading::open, traces).write(bound, tally);
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
        Checkpoint reached =
                tally.checkpoint(status.claim().number(), level, Inheritance.made(archive.engine(), recipe), synced);
        status.checkpoint(reached);
        replication.reached(reached);
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

    /** A shutdown gives it a moment, since all is done but this. */
    private void stillToPublish(AtomicBoolean hurried) {
        figures.alive();
        stop.heedInterrupt();
        if (hurried.get() || stop.wasInterrupted()) {
            stop.check("publishing");
        }
    }

    private Artifact publish(Artifact made) throws IOException, StoppedException {
        Artifact artifact = made.in(resources.artifacts().name());
        status.intend(artifact, RunWarnings.of(tally, attachments.values(), snapshot ? null : figures.counted()));
        AtomicBoolean hurried = new AtomicBoolean();
        stop.onStop(() -> hurried.set(true));
        resources.publishing().publish(export.id(), artifact, replication.kept(), bytes -> stillToPublish(hurried));
        status.complete(artifact, resources.settings().artifactRetention());
        return artifact;
    }
}
