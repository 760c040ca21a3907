package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.FakeWindrow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client in a process of its own, which is told to end while it waits, and is then run again. */
class InterruptedExportIT {
    @TempDir
    Path folder;

    @Test
    void saysThatTheExportGoesOnAndTakesItUpWhenRunAgain() throws Exception {
        try (FakeWindrow server = new FakeWindrow()) {
            // Looks are answered with "nothing new" for ever, once this state is known.
            for (int i = 0; i < 1_000; i++) {
                server.states.add(server.running(100, 10));
            }
            Process client = start(server);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> text("err").contains("10.0 %"));
            client.destroy();
            assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(text("err"))
                    .contains("The export goes on on the server: " + FakeWindrow.ID)
                    .contains("The same command again takes it up.");
            server.states.clear();
            Process again = start(server);
            assertThat(again.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(again.exitValue()).isZero();
            assertThat(server.starts).hasSize(1);
            assertThat(folder.resolve("out.zip")).hasBinaryContent(server.archive);
        }
    }

    private Process start(FakeWindrow server) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Client.class.getName(),
                        "export",
                        "sensor-readings",
                        "--server",
                        server.url().toString(),
                        "-o",
                        folder.resolve("out.zip").toString())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private String text(String stream) throws IOException {
        return Files.readString(folder.resolve(stream), StandardCharsets.UTF_8);
    }

    /** The command line alone, as the process that is started. */
    static final class Client {
        private Client() {}

        public static void main(String[] arguments) {
            System.exit(WindrowCommand.commandLine(settings -> {
                        throw new AssertionError("started a server");
                    })
                    .execute(arguments));
        }
    }
}
