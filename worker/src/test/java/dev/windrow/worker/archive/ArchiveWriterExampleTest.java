package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation of {@link ArchiveWriter}. */
final class ArchiveWriterExampleTest {
    private static final String PACKAGE = "java/dev/windrow/worker/archive/";

    private final DeflatePool pool = new DeflatePool(2);

    @TempDir
    Path folder;

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void makesAnArchive() throws IOException {
        Path file = folder.resolve("export.part");
        Path blockList = folder.resolve("export.blocks");
        ArchiveWriter.Options options = new ArchiveWriter.Options(6, Instant.parse("2024-05-06T07:08:08Z"));
        byte[] rows = "name\nAda\n".getBytes(StandardCharsets.US_ASCII);
        Sealed sealed;

        // begin
        try (ArchiveWriter archive = ArchiveWriter.create(file, options, pool)) {
            archive.beginEntry("people.csv");
            archive.append(rows, 0, rows.length);
            archive.endEntry();
            sealed = archive.finish(blockList, bytes -> {});
        }
        // end

        assertThat(file).hasSize(sealed.bytes());
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.getInputStream(zip.getEntry("people.csv"))).hasBinaryContent(rows);
        }
    }

    @Test
    void isTheOneThatTheDocumentationShows() throws IOException {
        String shown = between("src/main/" + PACKAGE + "ArchiveWriter.java", "<pre>{@code\n", " * }</pre>");
        String run = between("src/test/" + PACKAGE + "ArchiveWriterExampleTest.java", "// begin\n", "// end\n");

        assertThat(shown.replaceAll("(?m)^ \\* ", "")).isEqualToNormalizingWhitespace(run);
    }

    private static String between(String file, String from, String to) throws IOException {
        String text = Files.readString(Path.of(file));
        int begin = text.indexOf(from) + from.length();
        return text.substring(begin, text.indexOf(to, begin));
    }
}
