package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.Segments;
import dev.windrow.common.export.Checkpoint.Replica;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.State;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The segments of runs' files. */
final class SegmentsPlace implements Place {
    private final Segments segments;

    SegmentsPlace(Segments segments) {
        this.segments = segments;
    }

    @Override
    public List<String> names() throws IOException {
        return segments.runs();
    }

    @Override
    public Optional<Claim> writer(String name) {
        return Claim.ofFileName(name);
    }

    /** Those of the run that there is, and those of which a successor would make its file. */
    @Override
    public boolean isNeeded(String name, Claim writer, Export export) {
        Replica replica = export.run().replica();
        return export.state() == State.RUNNING
                        && writer.number() == export.lastClaim().number()
                || export.state().isActive()
                        && replica != null
                        && replica.spans().stream().anyMatch(span -> span.claim() == writer.number());
    }

    @Override
    public void remove(String name) throws IOException {
        segments.remove(name);
    }

    @Override
    public String toString() {
        return "the segments";
    }
}
