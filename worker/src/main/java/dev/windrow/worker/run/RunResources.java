package dev.windrow.worker.run;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.source.RowSource;
import dev.windrow.worker.archive.DeflatePool;
import dev.windrow.worker.files.Publishing;
import dev.windrow.worker.files.RunSpace;
import dev.windrow.worker.files.WorkFiles;
import java.time.Clock;

/**
 * What all runs of a process share. Each is safe for use by many threads, and closed by who made it.
 *
 * @param files on the file system of the artifacts
 * @param clock in milliseconds, as the status table keeps moments
 */
public record RunResources(
        RowSource source,
        ArtifactStore artifacts,
        WorkFiles files,
        RunSpace space,
        DeflatePool deflate,
        Clock clock,
        RunSettings settings) {
    Publishing publishing() {
        return new Publishing(artifacts, files);
    }
}
