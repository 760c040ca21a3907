package dev.windrow.app.chaos;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The long storm, behind the profile {@code crash-long}. Its size is set by properties: {@code chaos.exports} (60) and
 * {@code chaos.faults} (200).
 */
class ChaosLongRun {
    @TempDir
    Path folder;

    @Test
    void endsWellWhateverGoesWrong() throws Exception {
        new Chaos(
                        Integer.getInteger("chaos.exports", 60),
                        100_000,
                        300,
                        Integer.getInteger("chaos.faults", 200),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(40),
                        Duration.ofMinutes(30))
                .run(Chaos.seed(), folder);
    }
}
