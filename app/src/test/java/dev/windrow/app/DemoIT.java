package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The newcomer's command, twice on one home. From the jar: the launcher would build again if a source changed
 * meanwhile.
 */
final class DemoIT {
    @TempDir
    Path temp;

    @Test
    void endsWellWithTheArchiveAndItsDigestAndAgainOnTheSameHome() throws Exception {
        Path home = temp.resolve("home");
        for (int i = 0; i < 2; i++) {
            ProcessRun demo = ProcessRun.windrow(
                    temp, "demo", "--once", "--rows", "20000", "--home", home.toString(), "--port", "0");
            assertThat(demo.exit()).as(demo.all()).isZero();
            List<String> lines = demo.out().lines().toList();
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0)).startsWith("archive: ").endsWith(".zip");
            Path archive = temp.resolve(lines.get(0).substring("archive: ".length()));
            assertThat(lines.get(1)).isEqualTo("sha256: " + HomeInvariants.sha256(Files.readAllBytes(archive)));
            assertThat(demo.err()).contains(i == 0 ? "Makes a sample database" : "Uses the sample database");
            assertThat(demo.err()).doesNotContain("\tat ");
            HomeInvariants.check(home);
            assertThat(HomeInvariants.exports(home)).isEqualTo(i + 1);
        }
    }
}
