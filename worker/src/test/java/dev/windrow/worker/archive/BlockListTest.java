package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BlockListTest {
    private final DeflatePool pool = new DeflatePool(2, level -> "zlib:test/" + level);
    private final Random random = new Random(7);

    @TempDir
    private Path folder;

    @AfterEach
    void closePool() {
        pool.close();
    }

    private record Stretch(long offset, int length, String sha256) {}

    private static final class Listed {
        private final byte[] archive;
        private final String text;
        private final JsonNode json;
        private final List<Stretch> stretches;

        Listed(byte[] archive, String text, JsonNode json, List<Stretch> stretches) {
            this.archive = archive;
            this.text = text;
            this.json = json;
            this.stretches = stretches;
        }

        byte[] archive() {
            return archive;
        }

        String text() {
            return text;
        }

        JsonNode json() {
            return json;
        }

        List<Stretch> stretches() {
            return stretches;
        }

        Set<String> digests() {
            Set<String> digests = new HashSet<>();
            stretches.forEach(stretch -> digests.add(stretch.sha256()));
            return digests;
        }
    }

    @Test
    void coversTheArchiveFromItsFirstByteToItsLastWithoutAGap() throws IOException {
        Sample sample = Sample.random();
        Listed listed = listed(sample);

        assertThat(listed.json().path("archive").asString()).isEqualTo(Digests.hex(listed.archive()));
        assertThat(listed.json().path("bytes").asLong()).isEqualTo(listed.archive().length);
        assertThat(listed.json().path("engine").asString()).isEqualTo("zlib:test/6");
        long at = 0;
        for (Stretch stretch : listed.stretches()) {
            assertThat(stretch.offset()).as("seed %d", sample.seed()).isEqualTo(at);
            byte[] bytes = Arrays.copyOfRange(listed.archive(), (int) at, (int) at + stretch.length());
            assertThat(stretch.sha256()).as("seed %d", sample.seed()).isEqualTo(Digests.hex(bytes));
            at += stretch.length();
        }
        assertThat(at).isEqualTo(listed.archive().length);
    }

    @Test
    void listsEveryBlockByItselfThatIsLongEnough() throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            blocks.add(Sample.noise(random, BlockList.LEAST + random.nextInt(10_000)));
        }
        Sample.Entry entry = new Sample.Entry("noise.bin", blocks);

        Listed listed = listed(new Sample(7, List.of(entry)));

        // The header, the blocks, the end of the stream, and the directory.
        assertThat(listed.stretches()).hasSize(43);
        assertThat(listed.stretches().get(0).length()).isEqualTo(ArchiveState.Entry.headerBytes("noise.bin"));
        assertThat(listed.stretches().get(41).length()).isEqualTo(2);
        for (Stretch stretch : listed.stretches().subList(1, 41)) {
            byte[] end = Arrays.copyOfRange(
                    listed.archive(),
                    (int) stretch.offset() + stretch.length() - 4,
                    (int) stretch.offset() + stretch.length());
            assertThat(end).containsExactly(0, 0, 0xFF, 0xFF);
        }
    }

    @Test
    void costsLessThanAHundredthWhateverTheBlocksAre() throws IOException {
        for (int length : new int[] {1, 300, 3_000, 30_000}) {
            List<byte[]> blocks = new ArrayList<>();
            for (int i = 0; i < 3_000_000 / (length + 200); i++) {
                blocks.add(Sample.noise(random, length));
            }
            List<Sample.Entry> entries = new ArrayList<>(List.of(new Sample.Entry("blocks.bin", blocks)));
            for (int i = 0; i < 300; i++) {
                entries.add(new Sample.Entry("media/" + i, List.of(Sample.noise(random, length))));
            }
            Listed listed = listed(new Sample(7, entries));
            assertThat(listed.text().length())
                    .as("blocks of %d", length)
                    .isLessThan(300 + listed.archive().length / 100);
        }
    }

    @Test
    void leavesTheOtherStretchesAsTheyWereWhenABlockIsAnother() throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            blocks.add(Sample.rows(random, 3_000 + random.nextInt(30_000)));
        }
        Listed yesterday = listed(new Sample(7, List.of(new Sample.Entry("rows.csv", blocks))));
        blocks.set(
                100,
                (new String(blocks.get(100), StandardCharsets.US_ASCII) + "one,more\r\n")
                        .getBytes(StandardCharsets.US_ASCII));

        Listed today = listed(new Sample(7, List.of(new Sample.Entry("rows.csv", blocks))));

        Set<String> before = yesterday.digests();
        List<Stretch> others = today.stretches().stream()
                .filter(stretch -> !before.contains(stretch.sha256()))
                .toList();
        assertThat(today.stretches()).hasSizeGreaterThan(50);
        // Header, directory, and where the block is: from there the stretches fall into step again within a few.
        assertThat(others.stream().mapToLong(Stretch::length).sum()).isLessThan(today.archive().length / 10);
    }

    @Test
    void isTheSameWhereverTheRunWasCut() throws IOException {
        Sample sample = Sample.random();
        String undisturbed = listed(sample).text();
        for (int cut = 0; cut < sample.entries().get(0).blocks().size(); cut++) {
            Path file = folder.resolve("cut-" + cut);
            assertThat(cutAndWritten(sample, cut, file))
                    .as("seed %d, cut %d", sample.seed(), cut)
                    .isEqualTo(undisturbed);
        }
    }

    @Test
    void takesThePlaceOfOneThatASealingHasLeftAndIsForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("again");
        Files.writeString(Sample.blockList(file), "x".repeat(100_000));

        Sample.random().write(file, Sample.OPTIONS, pool);

        assertThat(Sample.blockList(file)).content().endsWith("\n]}\n").doesNotContain("x");
        assertThat(Files.getPosixFilePermissions(Sample.blockList(file)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private String cutAndWritten(Sample sample, int cut, Path file) throws IOException {
        Sample.Entry first = sample.entries().get(0);
        ArchiveState state;
        try (ArchiveWriter writer = ArchiveWriter.create(file, Sample.OPTIONS, pool)) {
            writer.beginEntry(first.name());
            for (byte[] block : first.blocks().subList(0, cut)) {
                writer.append(block, 0, block.length);
            }
            state = writer.sync();
        }
        try (ArchiveWriter writer = ArchiveWriter.resume(file, state, Sample.OPTIONS, pool)) {
            for (byte[] block : first.blocks().subList(cut, first.blocks().size())) {
                writer.append(block, 0, block.length);
            }
            writer.endEntry();
            new Sample(0, sample.entries().subList(1, sample.entries().size())).appendTo(writer);
            Sample.finish(writer, file);
        }
        return Files.readString(Sample.blockList(file));
    }

    private Listed listed(Sample sample) throws IOException {
        Path file = Files.createTempDirectory(folder, "listed").resolve("a.zip");
        byte[] archive = sample.written(file, Sample.OPTIONS, pool);
        String text = Files.readString(Sample.blockList(file));
        JsonNode json = JsonMapper.shared().readTree(text);
        List<Stretch> stretches = new ArrayList<>();
        for (JsonNode block : json.path("blocks")) {
            stretches.add(new Stretch(
                    block.get(0).asLong(), block.get(1).asInt(), block.get(2).asString()));
        }
        return new Listed(archive, text, json, stretches);
    }
}
