package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.hostile.Fuzz;
import dev.windrow.app.hostile.HostileText;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFuzzTest {
    private static final String SECRET = "S3cr3t-of-the-plant";
    private static final String GOOD = """
            sources:
              plant: { url: "jdbc:postgresql://db/plant?password=${SECRET}", username: reader, password: "${SECRET}" }
            datasets:
              readings:
                title: Readings
                description: All of one sensor
                source: plant
                formats: [csv, json]
                parameters:
                  sensor_id: { type: string, required: true, minLength: 1, maxLength: 64, pattern: "^[a-z0-9-]+$" }
                  kinds: { type: string, list: true, enum: [a, b] }
                  since: { type: timestamp, default: "2026-01-01T00:00:00Z" }
                  factor: { type: number, minimum: 0.5, maximum: 1e3 }
                subject: { query: "select 1 as id where :sensor_id is not null", notFound: "No {sensor_id}" }
                files:
                  - name: run
                    shape: object
                    query: select 1 as id
                  - name: readings
                    query: >
                      select id, name, more from readings
                      where sensor_id = :sensor_id
                    key: [id desc, name]
                    columns:
                      name: { title: Name, type: string }
                    header: { query: select 1 as id, rows: readings }
                    expand: { column: more, fields: [x, y] }
                  - name: media
                    attachments: { query: "select path, name from media", root: media }
            """;
    private static final List<String> PARTS = List.of(
            ":",
            "-",
            "- ",
            "?",
            ",",
            "[",
            "]",
            "{",
            "}",
            "&a ",
            "*a",
            "!!str ",
            "!x ",
            "|\n",
            ">\n",
            "'",
            "\"",
            "#",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "<<: *a",
            "\t",
            "\n",
            "\n  ",
            "\n      ",
            "~",
            "null",
            "yes",
            "0x1F",
            "1e999999999",
            ".inf",
            "-5",
            "9".repeat(200),
            "${",
            "${SECRET}",
            "${NONE}",
            "${NONE:x}",
            "}",
            "name:",
            "key:",
            "query:",
            "type: integer",
            "pattern: \"(a+\"",
            "sources:",
            "datasets:",
            "files:",
            "\\ud800",
            "\\x00",
            "\ufeff");

    @TempDir
    Path folder;

    /**
     * A catalog is loaded, or all that is wrong with it is told: in lines that name the file, and without its secrets.
     */
    @Test
    void isLoadedOrRefusedInLinesWithoutSecrets() {
        Path file = folder.resolve("catalog.yaml");
        CatalogLoader loader =
                new CatalogLoader(new AnyInspector(), Map.of("SECRET", SECRET)::get, EnumSet.allOf(Format.class));
        Fuzz.check(1_000, random -> {
            String text = HostileText.damaged(random, GOOD, PARTS);
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            try {
                LoadedCatalog loaded = loader.load(file);
                assertThat(loaded.catalog().datasets()).isNotEmpty().allSatisfy(CatalogFuzzTest::assertSound);
                assertThat(loaded.warnings()).allSatisfy(line -> assertLine(line, file));
            } catch (InvalidCatalogException e) {
                assertThat(e.problems()).as(text).isNotEmpty().allSatisfy(line -> assertLine(line, file));
            }
        });
    }

    private static void assertSound(Dataset dataset) {
        assertThat(dataset.name()).matches("[a-z0-9-]{1,64}");
        assertThat(dataset.formats()).isNotEmpty();
        assertThat(dataset.files()).isNotEmpty();
    }

    private static void assertLine(String line, Path file) {
        assertThat(line).startsWith(file.toString()).doesNotContain("\n", "\r", "\u2028", SECRET);
    }

    /** A source that has whatever is asked of it. */
    private static final class AnyInspector implements SourceInspector {
        @Override
        public List<Column> describe(Source source, String query, List<Parameter> parameters) {
            return List.of("id", "name", "more", "path").stream()
                    .map(name -> new Column(name, ColumnType.ANY, false, null))
                    .toList();
        }

        @Override
        public void prepareReading(Source source, String query, List<Parameter> parameters, List<KeyPart> key) {
            // Any key is one.
        }

        @Override
        public Uniqueness uniqueness(Source source, String query, List<Parameter> parameters, List<KeyPart> key) {
            return Uniqueness.UNKNOWN;
        }

        @Override
        public List<Remark> remarks(Source source, String query, List<Parameter> parameters, List<KeyPart> key) {
            return List.of(Remark.warning("of " + source.url()));
        }

        @Override
        public List<String> movingKeys(Source source, String query, List<Parameter> parameters, List<KeyPart> key) {
            return List.of();
        }

        @Override
        public boolean areOneName(Source source, String one, String other) {
            return one.equals(other);
        }

        @Override
        public Set<String> parameters(Source source, String query) {
            return query.contains(":sensor_id") ? Set.of("sensor_id") : Set.of();
        }

        @Override
        public Optional<String> refusesSnapshot(Source source) {
            return Optional.empty();
        }
    }
}
