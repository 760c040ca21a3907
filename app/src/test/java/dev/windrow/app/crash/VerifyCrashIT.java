package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The command that users run, on the real jar. */
@Tag("slow")
class VerifyCrashIT {
    @RegisterExtension
    final CrashKit kit = new CrashKit(new Sample(1_000, 10));

    @Test
    void showsThatAKilledExportEndsAsAnUndisturbedOne() throws Exception {
        WindrowProcess command = kit.run(
                "verify-crash",
                "--kills",
                "4",
                "--rows",
                "100000",
                "--seed",
                "3",
                "--home",
                kit.home().toString());

        assertThat(command.awaitExit(240)).as(command.words()).isZero();
        assertThat(command.words().lines().toList())
                .anyMatch(line -> line.matches("kills +4"))
                .anyMatch(line -> line.matches("restarts from zero after a checkpoint +0"))
                .anyMatch(line -> line.matches("stray files +0"))
                .endsWith("verdict: every archive is the same, bit for bit, as without a kill");
    }
}
