package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryStreamTest {
    @TempDir
    private Path folder;

    @Test
    void makesOneEntryOfWhateverIsWrittenInWhateverPieces() throws IOException {
        byte[] text = new byte[3 * BlockRule.MOST_BYTES + 17];
        new Random(5).nextBytes(text);
        int[] blocks = {0};
        Path file = folder.resolve("a.part");
        try (DeflatePool pool = new DeflatePool(1);
                ArchiveWriter archive = ArchiveWriter.create(file, new ArchiveWriter.Options(6, Instant.EPOCH), pool)) {
            archive.beginEntry(Manifest.NAME);
            try (EntryStream bytes = new EntryStream(archive, () -> blocks[0]++)) {
                bytes.write(text[0]);
                bytes.write(text, 1, 2 * BlockRule.MOST_BYTES);
                bytes.write(text, 2 * BlockRule.MOST_BYTES + 1, BlockRule.MOST_BYTES + 16);
            }
            archive.finish(folder.resolve("a.blocks"), read -> {});
        }
        assertThat(blocks[0]).isEqualTo(4);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.getInputStream(zip.getEntry(Manifest.NAME)).readAllBytes())
                    .isEqualTo(text);
        }
    }
}
