package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What holds of every home once nothing runs on it. */
final class HomeInvariants {
    private static final JsonMapper JSON = new JsonMapper();

    private HomeInvariants() {}

    /**
     * No half-written file is left but of exports that go on at the next start, every archive has its row, and every
     * completed row its archive, with the row's digest, and beside it the list of its blocks.
     */
    static void check(Path home) {
        check(home, home.resolve("artifacts"));
    }

    /** As {@link #check(Path)}, where archives are elsewhere. */
    static void check(Path home, Path archives) {
        List<String> handedBack = texts(home, "select id from exports where state = 'queued'");
        assertThat(Folders.files(home.resolve("work")))
                .as("files in work/")
                .allMatch(file -> handedBack.stream().anyMatch(file::startsWith));
        Map<String, String> rows = new TreeMap<>();
        // Beside archives there are the lists of their blocks and the store's name.
        Set<String> lists = new HashSet<>(Set.of(".store"));
        for (String json : texts(home, "select artifact from exports where state = 'completed'")) {
            JsonNode artifact = JSON.readTree(json);
            String key = artifact.path("key").asString();
            rows.put(key, artifact.path("sha256").asString());
            String blocks = key.replace(".zip", ".blocks");
            lists.add(blocks);
            checkBlocks(read(archives.resolve(key)), read(archives.resolve(blocks)));
        }
        Map<String, String> files = new TreeMap<>();
        for (String file : Folders.files(archives)) {
            if (!lists.contains(file)) {
                files.put(file, sha256(read(archives.resolve(file))));
            }
        }
        assertThat(files).as("archives and their digests").isEqualTo(rows);
        assertThat(texts(home, "select id from exports where state = 'running'"))
                .as("exports that run without a worker")
                .isEmpty();
    }

    /** The list says what the archive's stretches are, from its first byte to its last. */
    private static void checkBlocks(byte[] archive, byte[] list) {
        JsonNode said = JSON.readTree(list);
        assertThat(said.path("archive").asString()).isEqualTo(sha256(archive));
        int at = 0;
        for (JsonNode block : said.path("blocks")) {
            assertThat(block.get(0).asInt()).isEqualTo(at);
            int end = at + block.get(1).asInt();
            assertThat(block.get(2).asString()).isEqualTo(sha256(Arrays.copyOfRange(archive, at, end)));
            at = end;
        }
        assertThat(at).isEqualTo(archive.length).isEqualTo(said.path("bytes").asInt());
    }

    /** How many exports the table knows. */
    static int exports(Path home) {
        return Integer.parseInt(texts(home, "select count(*) from exports").get(0));
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Digests.sha256(bytes));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first column of what a query of the status table gives. */
    static List<String> texts(Path home, String query) {
        List<String> texts = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("windrow.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return texts;
    }
}
