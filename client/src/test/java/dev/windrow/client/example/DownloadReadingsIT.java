package dev.windrow.client.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.FakeWindrow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented example compiles, does what it says, and is what the documents show. */
final class DownloadReadingsIT {
    @TempDir
    Path folder;

    @Test
    void bringsTheArchive() throws Exception {
        try (FakeWindrow server = new FakeWindrow()) {
            server.states.addAll(List.of(server.running(100, 10), server.completed()));
            server.cuts.add(1_000);
            Path archive = folder.resolve("readings.zip");

            DownloadReadings.download(server.url(), archive);

            assertThat(archive).hasBinaryContent(server.archive);
            assertThat(folder).isDirectoryContaining(archive::equals);
        }
    }

    @Test
    void isTheExampleOfTheReadme() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + example() + "\n```\n");
    }

    @Test
    void isTheExampleOfTheJavadoc() throws IOException {
        String javadoc = Files.readString(Path.of("src/main/java/dev/windrow/client/package-info.java"));
        String shown = example().indent(1).stripTrailing().replaceAll("(?m)^", " *");

        assertThat(javadoc).contains("<pre>{@code\n" + shown + "\n * }</pre>");
    }

    private static String example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/windrow/client/example/DownloadReadings.java"));
        String marked = source.substring(source.indexOf("// begin\n") + 9, source.indexOf("        // end"));
        return marked.stripTrailing().stripIndent();
    }
}
