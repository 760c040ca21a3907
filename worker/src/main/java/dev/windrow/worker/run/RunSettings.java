package dev.windrow.worker.run;

import java.time.Duration;
import java.util.Objects;

/**
 * How runs behave in this process.
 *
 * @param worker this process's name in claims, for people to read
 * @param level deflate level of new archives, 0 to 9
 * @param lease how long a claim is believed alive after its last sign of life
 * @param hungAfter how long a run may show no sign of life, as in a slow query, before it is taken for hung and
 *     gives its claim up
 * @param checkpointInterval the least time between two checkpoints of one run
 * @param artifactRetention how long a finished archive is kept, from the end of the export
 * @param generator the product and version that the manifest names
 */
public record RunSettings(
        String worker,
        int level,
        Duration lease,
        Duration hungAfter,
        Duration checkpointInterval,
        Duration artifactRetention,
        String generator) {
    public RunSettings {
        Objects.requireNonNull(worker, "worker");
        if (level < 0 || level > 9) {
            throw new IllegalArgumentException("level: " + level + ", not 0 to 9");
        }
    }
}
