package dev.windrow.app.chaos;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short storm; each build has another one, whose seed is printed. */
@Tag("slow")
final class ChaosIT {
    @TempDir
    Path folder;

    /** Always the same one: a build is not to fail by luck. */
    @Test
    void endsWellInAShortStorm() throws Exception {
        new Chaos(4, 40_000, 250, 6, Duration.ofSeconds(3), Duration.ofSeconds(8), Duration.ofMinutes(20))
                .run(Long.getLong("windrow.chaos.seed", 7), folder);
    }

    @Test
    @Tag("machines")
    void endsWellWhateverGoesWrong() throws Exception {
        new Chaos(10, 60_000, 250, 14, Duration.ofSeconds(4), Duration.ofSeconds(16), Duration.ofMinutes(20))
                .run(Chaos.seed(), folder);
    }
}
