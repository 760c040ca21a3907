package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.worker.archive.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class VerifyCommandTest {
    @TempDir
    private Path folder;

    @Test
    void namesTheEngineThatThisJavaHas() throws IOException {
        assertThat(verified("{\"engine\": \"" + Engine.at(4) + "\", \"files\": []}"))
                .endsWith(" is good: files 0, rows 0.\nEngine: " + Engine.at(4) + ", as here.\n");
    }

    @Test
    void takesAnotherEngineForNoFault() throws IOException {
        assertThat(verified("{\"engine\": \"zlib:0123456789abcdef/4\", \"files\": []}"))
                .endsWith("\nEngine: zlib:0123456789abcdef/4, another than this Java's: no fault.\n");
    }

    @Test
    void saysThatAnOlderManifestNamesNone() throws IOException {
        assertThat(verified("{\"files\": []}")).endsWith("\nEngine: its manifest names none.\n");
    }

    private String verified(String manifest) throws IOException {
        Path file = folder.resolve("a.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            zip.write(manifest.getBytes(StandardCharsets.UTF_8));
        }
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new VerifyCommand()).setOut(new PrintWriter(out));
        assertThat(command.execute(file.toString())).isZero();
        return out.toString().replace("\r\n", "\n");
    }
}
