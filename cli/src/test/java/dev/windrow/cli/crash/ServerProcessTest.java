package dev.windrow.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerProcessTest {
    @Test
    void startsTheServerWithTheLaunchersOptionsAndLessMemory() {
        List<String> launcher =
                List.of("-XX:+UseSerialGC", "-Xss512k", "-Xmx256m", "-XX:SharedArchiveFile=/ready/classes");

        assertThat(ServerProcess.options(launcher))
                .containsExactly(
                        "-XX:+UseSerialGC",
                        "-Xss512k",
                        "-Xmx256m",
                        "-XX:SharedArchiveFile=/ready/classes",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m");
    }

    @Test
    void keepsItsOwnPropertiesAgentsAndDebuggerToItself() {
        List<String> own = List.of(
                "-Dwindrow.jar=a.jar", "-javaagent:a.jar", "-agentlib:jdwp=address=5005", "-Xrunjdwp:address=5005");

        assertThat(ServerProcess.options(own)).containsExactly("-XX:TieredStopAtLevel=1", "-Xmx128m");
    }
}
