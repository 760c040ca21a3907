package dev.windrow.app.keys;

import dev.windrow.api.access.key.ApiKey;
import dev.windrow.common.catalog.yaml.tree.ListFile;
import dev.windrow.common.catalog.yaml.tree.Report;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The file of keys, as it is now. Immutable. */
final class KeysFile {
    private static final int MOST_PROBLEMS = 5;

    private final Path path;

    KeysFile(Path path) {
        this.path = path;
    }

    /**
     * Everything in the file.
     *
     * @throws IllegalArgumentException naming the file and the mend
     */
    byte[] content() {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    path
                            + ": there is no such file; make it, or correct windrow.security.keys-file. An empty file is one"
                            + " without keys",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    path + " can't be read (" + e.getClass().getSimpleName() + "); check its permissions", e);
        }
    }

    /**
     * The keys of a content.
     *
     * @throws IllegalArgumentException naming file, lines and what to mend
     */
    List<ApiKey> keys(byte[] content, Set<String> groups) {
        Report report = new Report();
        Report.Place place = report.file(0, path.toString());
        List<ApiKey> keys = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (ListFile.Entry entry : ListFile.read(text(content), place)) {
            try {
                ApiKey key = KeyEntry.read(entry.fields(), groups);
                Integer other = lines.putIfAbsent(key.sha256(), entry.line());
                if (other != null) {
                    throw new IllegalArgumentException("the same sha256 as in line " + other + "; remove one of them");
                }
                keys.add(key);
            } catch (IllegalArgumentException e) {
                Object name = entry.fields().get("name");
                place.within(name instanceof String text ? "key \"" + text + "\"" : "key")
                        .problem(entry.line(), String.valueOf(e.getMessage()));
            }
        }
        if (report.hasProblems()) {
            List<String> problems = report.problems();
            throw new IllegalArgumentException(String.join(
                            "\n", problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())))
                    + (problems.size() > MOST_PROBLEMS ? "\nand " + (problems.size() - MOST_PROBLEMS) + " more" : ""));
        }
        return keys;
    }

    private String text(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(path + " is not UTF-8 text; save it as UTF-8", e);
        }
    }
}
