package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.testkit.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveCheckTest {
    private static final String CSV = "a,b\r\n1,\"x\ny\"\r\n2,z\r\n";
    private static final String SHA256 = "6ac9a9fb3ef4eb6dd3e7b50ffb6a7a24ad0bb8b1fa7b43d4f8c0dcbc7a4f38c4";

    @TempDir
    private Path folder;

    @Test
    void findsNothingWrongInWhatTheManifestDescribes() throws IOException {
        Path file = archive("rows.csv", CSV, manifest("rows.csv", 2, CSV.length(), digest(CSV)));

        assertThat(ArchiveCheck.of(file)).isEqualTo(new ArchiveCheck.Verdict(1, 2, null, java.util.List.of()));
    }

    @Test
    void namesTheEngineUnlessItIsNoName() throws IOException {
        for (String name : new String[] {"zlib:0123456789abcdef/6", "", "two words", "\\u001b[2J", "x".repeat(101)}) {
            String others = manifest("rows.csv", 2, CSV.length(), digest(CSV)).substring(1);
            String manifest = "{\"engine\": \"" + name + "\", " + others;
            Path file = archive("rows.csv", CSV, manifest);

            assertThat(ArchiveCheck.of(file).engine()).isEqualTo(name.startsWith("zlib") ? name : null);
            assertThat(ArchiveCheck.of(file).faults()).isEmpty();
        }
    }

    @Test
    void tellsWhatDiffersFromTheManifest() throws IOException {
        Path file = archive("rows.csv", CSV, manifest("rows.csv", 3, 7, SHA256));

        assertThat(ArchiveCheck.of(file).faults())
                .containsExactly(
                        "rows.csv: bytes " + CSV.length() + ", and the manifest says 7",
                        "rows.csv: SHA-256 " + digest(CSV) + ", and the manifest says " + SHA256,
                        "rows.csv: rows 2, and the manifest says 3");
    }

    @Test
    void tellsWhatIsOnOneSideOnly() throws IOException {
        Path file = archive("other.csv", CSV, manifest("rows.csv", 2, CSV.length(), digest(CSV)));

        assertThat(ArchiveCheck.of(file).faults())
                .containsExactly(
                        "other.csv: it is not in the manifest",
                        "rows.csv: it is in the manifest, and not in the archive");
    }

    @Test
    void tellsThatThereIsNoManifest() throws IOException {
        Path file = folder.resolve("no.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("rows.csv"));
        }

        assertThat(ArchiveCheck.of(file).faults()).containsExactly("there is no manifest.json");
    }

    @Test
    void tellsWhichEntryIsDamaged() throws IOException {
        Path file = archive("rows.csv", CSV, manifest("rows.csv", 2, CSV.length(), digest(CSV)));
        byte[] bytes = Files.readAllBytes(file);
        bytes[45] ^= 0x55;
        Files.write(file, bytes);

        assertThat(ArchiveCheck.of(file).faults()).isNotEmpty().allMatch(fault -> fault.startsWith("rows.csv: "));
    }

    /** It is in no manifest, so nothing but the archive's own sum tells that it was changed. */
    @Test
    void tellsThatTheManifestWasChanged() throws IOException {
        Path file = folder.resolve("changed.zip");
        String manifest = manifest("rows.csv", 2, CSV.length(), digest(CSV));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("rows.csv"));
            zip.write(CSV.getBytes(StandardCharsets.UTF_8));
            store(zip, "manifest.json", manifest.replace("{\"files", "{\"title\": \"a\", \"files"));
        }
        byte[] bytes = Files.readAllBytes(file);
        int title = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"a\", \"files") + 1;
        bytes[title] = 'b';
        Files.write(file, bytes);

        assertThat(ArchiveCheck.of(file).faults())
                .hasSize(1)
                .allMatch(fault ->
                        fault.matches("manifest\\.json: CRC-32 [0-9a-f]+, and the archive's directory says .+"));
    }

    /** An archive of before has none, and what it says is for others. */
    @Test
    void asksOfTheDescriptionThatItIsWholeAlone() throws IOException {
        Path file = folder.resolve("described.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("rows.csv"));
            zip.write(CSV.getBytes(StandardCharsets.UTF_8));
            store(zip, "datapackage.json", "{\"resources\": []}");
            store(zip, "manifest.json", manifest("rows.csv", 2, CSV.length(), digest(CSV)));
        }

        assertThat(ArchiveCheck.of(file)).isEqualTo(new ArchiveCheck.Verdict(1, 2, null, java.util.List.of()));

        byte[] bytes = Files.readAllBytes(file);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("resources")] = 'R';
        Files.write(file, bytes);
        assertThat(ArchiveCheck.of(file).faults())
                .hasSize(1)
                .allMatch(fault ->
                        fault.matches("datapackage\\.json: CRC-32 [0-9a-f]+, and the archive's directory says .+"));
    }

    @Test
    void tellsThatTheDirectoryHasAnotherSumThanTheFile() throws IOException {
        Path file = archive("rows.csv", CSV, manifest("rows.csv", 2, CSV.length(), digest(CSV)));
        byte[] bytes = Files.readAllBytes(file);
        int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        bytes[directory + 16] ^= 1;
        Files.write(file, bytes);

        assertThat(ArchiveCheck.of(file).faults()).hasSize(1).allMatch(fault -> fault.startsWith("rows.csv: CRC-32 "));
    }

    @Test
    void refusesWhatIsNoArchive() throws IOException {
        Path file = Files.writeString(folder.resolve("text.zip"), "no archive");

        assertThatThrownBy(() -> ArchiveCheck.of(file)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ArchiveCheck.of(folder.resolve("none.zip"))).isInstanceOf(IOException.class);
    }

    private static String manifest(String name, long rows, long bytes, String sha256) {
        return "{\"files\": [{\"name\": \"" + name + "\", \"rows\": " + rows + ", \"bytes\": " + bytes
                + ", \"sha256\": \"" + sha256 + "\", \"columns\": [{\"name\": \"a\"}]}]}";
    }

    private Path archive(String name, String text, String manifest) throws IOException {
        Path file = folder.resolve("archive.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("manifest.json"));
            zip.write(manifest.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void store(ZipOutputStream zip, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    private static String digest(String text) {
        return Digests.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
