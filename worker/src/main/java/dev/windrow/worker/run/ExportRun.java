package dev.windrow.worker.run;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Phase;
import dev.windrow.common.source.RowReader;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.SourceException;
import dev.windrow.worker.archive.ArchiveState;
import dev.windrow.worker.archive.ArchiveWriter;
import dev.windrow.worker.archive.ArchiveWriter.ReadBack;
import dev.windrow.worker.archive.ArchiveWriter.Sealed;
import dev.windrow.worker.archive.DeflatePool;
import dev.windrow.worker.encode.EncodedBytes;
import dev.windrow.worker.encode.Encoders;
import dev.windrow.worker.encode.Resume;
import dev.windrow.worker.encode.RowEncoder;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One claim's run: rows → encoded blocks → archive → sealed → published → completed. It begins at the export's checkpoint, if it has
 * one. Every step that others see goes through {@link RunStatus}, which throws when the claim is lost. Belongs to one thread.
 */
final class ExportRun {
    /** A block is cut after the row that reaches this many encoded bytes. */
    private static final int BLOCK_BYTES = 1 << 20;
    /** A checkpoint is due when this much was encoded since the last, however little time has passed. */
    private static final long CHECKPOINT_BYTES = 64L << 20;

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
    private final RunStatus status;
    private final StopSignal stop;
    private final int level;
    private final @Nullable Checkpoint resumed;
    private final EntryTally tally;
    private final EncodedBytes encoded = new EncodedBytes();

    private long encodedSinceCheckpoint;
    private long checkpointedAt = System.nanoTime();
    private boolean checkpointed;

    /** @param resumed the checkpoint that this claim has adopted; null to begin anew */
    ExportRun(
            Surroundings around,
            Export export,
            ExportPlan plan,
            RunStatus status,
            StopSignal stop,
            @Nullable Checkpoint resumed) {
        this.around = around;
        this.export = export;
        this.plan = plan;
        this.status = status;
        this.stop = stop;
        this.resumed = resumed;
        this.level = resumed == null ? around.settings().level() : resumed.level();
        this.tally = resumed == null ? new EntryTally() : EntryTally.from(resumed);
    }

    /** Runs to completion. Whatever it throws, nothing of it is visible to others but the status, and its work file is left for the caller. */
    Artifact run() throws IOException, SourceException, StoppedException {
        Cutoff cutoff = cutoff();
        try (ArchiveWriter archive = openArchive(cutoff);
                RowCount count = countBeside(cutoff)) {
            for (int part = tally.firstPart(); part < plan.parts().size(); part++) {
                writePart(part, cutoff.bounds().get(part), archive);
            }
            status.enter(Phase.SEALING);
            return publish(seal(archive, cutoff));
        }
    }

    private Cutoff cutoff() throws SourceException, StoppedException {
        Cutoff fixed = export.cutoff();
        if (fixed != null) {
            return fixed;
        }
        List<@Nullable String> bounds = new ArrayList<>();
        for (ExportPlan.Part part : plan.parts()) {
            try (RowReader reader = open(part)) {
                bounds.add(reader.lastPosition());
            }
        }
        // After the bounds, not before: a row that came later than this moment is surely not in it.
        Cutoff cutoff = new Cutoff(around.clock().instant().truncatedTo(ChronoUnit.MILLIS), bounds);
        status.fix(cutoff);
        return cutoff;
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
        return RowCount.start(parts, around.counting(), status::counted);
    }

    private void writePart(int index, @Nullable String bound, ArchiveWriter archive)
            throws IOException, SourceException, StoppedException {
        ExportPlan.Part part = plan.parts().get(index);
        boolean begun = tally.isOpen(index);
        if (!begun) {
            tally.open(part.entryName());
            archive.beginEntry(part.entryName());
        }
        RowEncoder encoder = Encoders.of(
                export.request().format(),
                part.selection().columns(),
                export.request().csv(),
                encoded,
                new Resume(tally.rows(index), tally.counts(index)));
        if (!begun) {
            encoder.begin();
        }
        if (bound != null) {
            copyRows(index, bound, encoder, archive);
        }
        encoder.end();
        appendBlock(archive);
        archive.endEntry();
        tally.finish(tally.rows(index), encoder.counts());
    }

    private void copyRows(int index, String bound, RowEncoder encoder, ArchiveWriter archive)
            throws IOException, SourceException, StoppedException {
        ExportPlan.Part part = plan.parts().get(index);
        try (RowReader reader = open(part)) {
            boolean last = false;
            while (!last) {
                // A run that resumed in the middle of a batch reads its rest, so that blocks end where they always do.
                int left = part.batchRows() - (int) (tally.rows(index) % part.batchRows());
                try (RowReader.Batch batch = reader.read(tally.position(index), bound, left)) {
                    copyBatch(index, batch, encoder, archive);
                    last = batch.isLast();
                }
            }
        }
    }

    private void copyBatch(int index, RowReader.Batch batch, RowEncoder encoder, ArchiveWriter archive)
            throws IOException, SourceException, StoppedException {
        long rows = tally.rows(index);
        boolean any = false;
        while (batch.next()) {
            batch.copyTo(encoder);
            rows++;
            any = true;
            if (encoded.length() >= BLOCK_BYTES) {
                endBlock(rows, batch, encoder, archive);
            }
        }
        if (any && encoded.length() > 0) {
            endBlock(rows, batch, encoder, archive);
        }
    }

    private void endBlock(long rows, RowReader.Batch batch, RowEncoder encoder, ArchiveWriter archive)
            throws IOException, SourceException, StoppedException {
        appendBlock(archive);
        tally.reached(rows, batch.position(), encoder.counts());
        StopSignal.Reason reason = stop.reason();
        if (reason == StopSignal.Reason.SHUTDOWN || checkpointDue()) {
            checkpoint(archive);
        } else {
            status.reached(tally.rows(), archive.length());
        }
        if (reason != null) {
            throw new StoppedException(reason, "block");
        }
    }

    private boolean checkpointDue() {
        return encodedSinceCheckpoint >= CHECKPOINT_BYTES
                || System.nanoTime() - checkpointedAt
                        >= around.settings().checkpointInterval().toNanos();
    }

    private void appendBlock(ArchiveWriter archive) throws IOException {
        encodedSinceCheckpoint += encoded.length();
        if (encoded.length() > 0) {
            archive.append(encoded.array(), 0, encoded.length());
            encoded.clear();
        }
    }

    private void checkpoint(ArchiveWriter archive) throws IOException, StoppedException {
        ArchiveState synced = archive.sync();
        if (!checkpointed) {
            around.files().syncFolder();
        }
        status.checkpoint(tally.checkpoint(status.claim().number(), level, synced));
        encodedSinceCheckpoint = 0;
        checkpointedAt = System.nanoTime();
        if (!checkpointed && resumed != null) {
            around.files().removeBefore(status.claim());
        }
        checkpointed = true;
        around.space().reached(status.claim(), archive.length());
    }

    private Artifact seal(ArchiveWriter archive, Cutoff cutoff) throws IOException {
        List<ReadBack> entries = archive.readBack(this::stillWanted);
        List<Map<String, Object>> described = new ArrayList<>();
        List<Artifact.Entry> listed = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            ReadBack entry = entries.get(i);
            described.add(Manifest.file(
                    entry, tally.rows(i), plan.parts().get(i).selection().columns(), tally.counts(i)));
            listed.add(new Artifact.Entry(entry.name(), tally.rows(i), entry.bytes()));
        }
        byte[] manifest =
                Manifest.of(export, plan, cutoff, described, around.settings().generator());
        archive.beginEntry(Manifest.NAME);
        archive.append(manifest, 0, manifest.length);
        archive.endEntry();
        Sealed sealed = archive.finish(this::stillWanted);
        return new Artifact(status.claim().fileName(), sealed.bytes(), sealed.sha256(), listed);
    }

    /** Reading a big archive back takes a while: a cancel must not wait for it. */
    private void stillWanted(long bytesRead) {
        status.alive();
        stop.check("sealing");
    }

    private Artifact publish(Artifact artifact) throws IOException, StoppedException {
        status.intend(artifact);
        around.artifacts().publish(around.files().of(status.claim()), artifact.key());
        status.complete(artifact, around.settings().artifactRetention());
        return artifact;
    }

    private RowReader open(ExportPlan.Part part) {
        RowReader reader = around.source().open(part.selection());
        stop.onStop(reader::cancel);
        return reader;
    }
}
