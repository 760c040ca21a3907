package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Format;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process under other locales. */
class CatalogLocaleTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX"})
    void refusesAttachmentsWhereJavaFindsNotAllNames(String locale) throws Exception {
        assertThat(load(locale, true))
                .isEqualTo(
                        "catalog.yaml:9: dataset readings, file media, attachments: under this locale Java can't find"
                                + " files of all names; set LC_ALL=C.UTF-8 in the environment");
    }

    @Test
    void takesAttachmentsWhereItFindsThem() throws Exception {
        assertThat(load("C.UTF-8", true)).isEqualTo("good");
    }

    @Test
    void takesCatalogsWithoutAttachmentsAnywhere() throws Exception {
        assertThat(load("C", false)).isEqualTo("good");
    }

    private String load(String locale, boolean attachments) throws Exception {
        Files.createDirectories(folder.resolve("media"));
        new CatalogFolder(folder).file("catalog.yaml", """
                sources: { plant: { url: "jdbc:sqlite:sensors.db" } }
                datasets:
                  readings:
                    source: plant
                    formats: [csv]
                    files:
                      - { name: readings, query: select timestamp_ms from readings, key: [timestamp_ms] }
                """ + (attachments ? """
                      - name: media
                        attachments: { query: select name as path from sensors, root: media }
                """ : ""));
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CatalogLocaleTest.class.getName(),
                folder.toString());
        process.environment().put("LC_ALL", locale);
        Process running = process.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).isZero();
        return said.strip();
    }

    /** The process. */
    public static void main(String[] arguments) {
        String result;
        try {
            // Not as a CatalogFolder, which would make its database anew.
            new CatalogLoader(new PlainInspector(), name -> null, Set.of(Format.CSV))
                    .load(Path.of(arguments[0], "catalog.yaml"));
            result = "good";
        } catch (InvalidCatalogException e) {
            result = String.join("\n", e.problems()).replace(arguments[0] + "/", "");
        }
        System.out.println(result);
    }
}
