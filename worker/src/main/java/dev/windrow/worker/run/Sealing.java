package dev.windrow.worker.run;

import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.manifest.Manifest;
import dev.windrow.common.manifest.ManifestFile;
import dev.windrow.common.manifest.ManifestFile.Altered;
import dev.windrow.common.manifest.ManifestFile.Column;
import dev.windrow.common.manifest.ManifestWriter;
import dev.windrow.worker.archive.ArchiveWriter;
import dev.windrow.worker.archive.EntryStream;
import dev.windrow.worker.archive.ReadBack;
import dev.windrow.worker.archive.Sealed;
import dev.windrow.worker.datapackage.DataPackage;
import dev.windrow.worker.datapackage.DataPackageWriter;
import dev.windrow.worker.run.AttachmentsPart.Copied;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The end of a run's archive: it is read back, described, and closed. Belongs to one thread. */
final class Sealing {
    /**
     * What the run has written.
     *
     * @param attachments by their part's index
     */
    record Written(Cutoff cutoff, EntryTally tally, Map<Integer, Copied> attachments) {}

    private final RunResources resources;
    private final Export export;
    private final ExportPlan plan;
    private final StatusLine status;
    private final StopSignal stop;
    private final Written written;

    Sealing(
            RunResources resources,
            Export export,
            ExportPlan plan,
            StatusLine status,
            StopSignal stop,
            Written written) {
        this.resources = resources;
        this.export = export;
        this.plan = plan;
        this.status = status;
        this.stop = stop;
        this.written = written;
    }

    /** Seals the archive, to which all rows are written; what it gives is not published yet. */
    Artifact seal(ArchiveWriter archive) throws IOException {
        List<ReadBack> entries = archive.readBack(this::stillWanted);
        List<Artifact.Entry> listed = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            ReadBack entry = entries.get(i);
            long rows = written.tally().entries().get(i).rows();
            listed.add(new Artifact.Entry(entry.name(), rows, entry.bytes()));
        }
        writeDataPackage(archive, entries);
        writeManifest(archive, entries);
        Sealed sealed = archive.finish(resources.files().blocksOf(status.claim()), this::stillWanted);
        return Artifact.zip(status.claim(), sealed.bytes(), sealed.sha256(), listed);
    }

    private void writeDataPackage(ArchiveWriter archive, List<ReadBack> entries) throws IOException {
        archive.beginEntry(Manifest.DATA_PACKAGE);
        EntryStream bytes = new EntryStream(archive, () -> stillWanted(0));
        ExportRequest request = export.request();
        boolean onlyRows = plan.parts().stream().allMatch(part -> part.kind() == Kind.ROWS);
        DataPackageWriter description = new DataPackageWriter(
                bytes,
                new DataPackage(
                        request.dataset(), plan.dataset().title(), request.format(), request.options(), onlyRows));
        for (int i = 0; i < entries.size(); i++) {
            EntryTally.Entry tallied = written.tally().entries().get(i);
            DatasetFile file =
                    plan.parts().get(plan.partOf(tallied.name())).selection().file();
            description.add(entries.get(i), file.form(), plan.columns(tallied), file.key());
        }
        // Not after a failure, as with the manifest.
        description.end();
    }

    private void writeManifest(ArchiveWriter archive, List<ReadBack> entries) throws IOException {
        archive.beginEntry(Manifest.NAME);
        EntryStream bytes = new EntryStream(archive, () -> stillWanted(0));
        ManifestWriter manifest = new ManifestWriter(bytes, manifest(archive.engine()));
        for (int i = 0; i < entries.size(); i++) {
            ReadBack entry = entries.get(i);
            EntryTally.Entry tallied = written.tally().entries().get(i);
            int part = plan.partOf(tallied.name());
            boolean lastOfPart =
                    i + 1 == entries.size() || plan.partOf(entries.get(i + 1).name()) != part;
            List<Column> columns = plan.columns(tallied).stream()
                    .map(column -> new Column(column.name(), column.type().id()))
                    .toList();
            manifest.add(
                    new ManifestFile(entry.name(), tallied.rows(), entry.bytes(), entry.sha256(), columns),
                    altered(part, tallied, lastOfPart));
        }
        // Not after a failure: half a manifest must not look like a whole one.
        manifest.end();
    }

    private Manifest manifest(String engine) {
        ExportRequest request = export.request();
        return new Manifest(
                new Manifest.MadeBy(resources.settings().generator(), engine),
                new Manifest.Origin(
                        export.id().toString(),
                        request.dataset(),
                        plan.dataset().title()),
                request.format().id(),
                request.parameters(),
                request.options().shown(request.format()),
                written.cutoff().asOf());
    }

    private Altered altered(int part, EntryTally.Entry entry, boolean lastOfPart) {
        Map<String, Long> counts = entry.counts();
        return new Altered(
                counts.getOrDefault("replaced", 0L),
                counts.getOrDefault("escaped", 0L),
                counts.getOrDefault("truncated", 0L),
                plan.parts().get(part).masked(),
                renamed(part, entry.name()),
                lastOfPart ? missingAfter(part) : List.of());
    }

    /** What the entry was to be called; none where it is called that. */
    private List<String> renamed(int part, String entry) {
        String wished = copied(part).renamed().get(entry);
        return wished == null ? List.of() : List.of(wished);
    }

    /**
     * Attachments that could not be copied are told with the last file of rows before them, since they may have no
     * entry at all.
     */
    private List<String> missingAfter(int part) {
        List<String> names = new ArrayList<>();
        boolean rows = plan.parts().get(part).kind() != Kind.ATTACHMENTS;
        for (int next = part + 1; rows && written.attachments().containsKey(next); next++) {
            names.addAll(copied(next).missing());
        }
        return names;
    }

    private Copied copied(int part) {
        return written.attachments().getOrDefault(part, Copied.NONE);
    }

    /** Reading a big archive back takes a while: a cancel must not wait for it. */
    private void stillWanted(long bytesRead) {
        status.figures().alive();
        stop.check("sealing");
    }
}
