package dev.windrow.worker.sweep;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.State;
import dev.windrow.worker.files.WorkFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The work folder of a home. */
final class WorkPlace implements Place {
    private final WorkFiles work;

    WorkPlace(WorkFiles work) {
        this.work = work;
    }

    @Override
    public List<String> names() throws IOException {
        return work.names();
    }

    @Override
    public Optional<Path> file(String name) {
        return Optional.of(work.of(name));
    }

    @Override
    public boolean leavesUnknown() {
        return false;
    }

    @Override
    public Optional<Claim> writer(String name) {
        return Claim.ofFileName(
                name.endsWith(Artifact.BLOCKS) ? name.substring(0, name.length() - Artifact.BLOCKS.length()) : name);
    }

    /**
     * The file of the run that there is, of the checkpoint that a run goes on from, and of an archive about to be
     * published.
     */
    @Override
    public boolean isNeeded(String name, Claim writer, Export export) {
        if (!export.state().isActive()) {
            return false;
        }
        boolean running = export.state() == State.RUNNING
                && writer.number() == export.lastClaim().number();
        Checkpoint checkpoint = export.run().checkpoint();
        Artifact intent = export.run().intent();
        return running
                || checkpoint != null && checkpoint.claim() == writer.number()
                || intent != null && intent.writtenAs().equals(writer.fileName());
    }

    @Override
    public void remove(String name) throws IOException {
        Files.deleteIfExists(work.of(name));
    }

    @Override
    public String toString() {
        return "the work folder";
    }
}
