package dev.windrow.app;

import static dev.windrow.app.NpmFolder.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Nullable;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What others make of the API's description: linters find nothing in it, and clients that generators make of it compile
 * and start exports.
 */
@Tag("slow")
final class GeneratedClientsIT {
    private static final Path SOURCES = Path.of("src/test/openapi");
    private static final Path GENERATOR = Path.of("target/tools/openapi-generator-cli.jar");

    @TempDir
    static Path folder;

    private static RunningWindow windrow;
    private static Optional<NpmFolder> npm = Optional.empty();

    @BeforeAll
    static void serve() throws IOException, SQLException {
        windrow = RunningWindow.start(folder.resolve("home"), HttpApiExamplesIT.catalog(folder));
        Files.writeString(
                folder.resolve("openapi.json"),
                windrow.client.get("/v3/api-docs").text());
    }

    @AfterAll
    static void stop() {
        windrow.close();
    }

    @Test
    void redoclyAndSpectralFindNothing() throws IOException {
        NpmFolder npm = npm();
        ProcessRun found = npm.node("lint.js", "openapi.json");
        assertThat(found.exit()).as(found.err()).isZero();
        assertThat(found.out()).isEmpty();

        JsonNode document = JsonMapper.shared().readTree(npm.path().resolve("openapi.json"));
        ((ObjectNode) document.at("/paths/~1api~1v1~1me/get")).remove("description");
        ((ObjectNode) document.at("/components/examples/me/value")).remove("roles");
        Files.writeString(npm.path().resolve("worse.json"), document.toString());
        assertThat(npm.node("lint.js", "worse.json").out())
                .contains("spectral operation-description")
                .contains("redocly no-invalid-media-type-examples");
    }

    @Test
    void aClientInTypeScriptCompilesAndStartsAnExport() throws IOException {
        NpmFolder npm = npm();
        Files.writeString(
                npm.path().resolve("program.ts"),
                Manual.page("docs/http-api.md").block("ts").replace("http://127.0.0.1:8080", windrow.client.url()));
        assertEnds(npm.node("node_modules/openapi-typescript/bin/cli.js", "openapi.json", "-o", "windrow.d.ts"));
        assertEnds(npm.node("node_modules/typescript/bin/tsc"));

        ProcessRun run = npm.node("program.js");

        assertEnds(run);
        assertThat(run.out())
                .contains("3 rows, such as 1,12.5\n")
                .containsPattern("completed /api/v1/exports/[^/]+/file\n");
    }

    @Test
    void aClientInJavaCompilesAndStartsAnExport() throws IOException, URISyntaxException {
        Path generated = folder.resolve("generated");
        assertEnds(java(
                "-jar",
                GENERATOR.toAbsolutePath().toString(),
                "generate",
                "-i=openapi.json",
                "-g=java",
                "--library=native",
                "-o=" + generated,
                "--additional-properties=openApiNullable=false,useJakartaEe=true,containerDefaultToNull=true"));
        Files.copy(SOURCES.resolve("Program.java"), generated.resolve("src/main/java/Program.java"));
        // The generator has the libraries in itself that its clients need.
        String path = String.join(
                File.pathSeparator,
                generated.resolve("classes").toString(),
                GENERATOR.toAbsolutePath().toString(),
                Path.of(Nullable.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
        List<String> compiler = new ArrayList<>(
                List.of(tool("javac"), "-proc:none", "-nowarn", "-cp", path, "-d", generated.resolve("classes") + ""));
        try (Stream<Path> files = Files.walk(generated.resolve("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> compiler.add(file.toString()));
        }
        assertEnds(ProcessRun.of(folder, compiler));

        ProcessRun run = java("-cp", path, "Program", windrow.client.url());

        assertEnds(run);
        assertThat(run.out()).isEqualTo("3 rows, orders\n");
    }

    /** Installed once, and only where a test needs it. */
    private static NpmFolder npm() throws IOException {
        if (npm.isEmpty()) {
            NpmFolder installed = NpmFolder.installed(SOURCES, folder.resolve("npm"));
            Files.copy(folder.resolve("openapi.json"), installed.path().resolve("openapi.json"));
            npm = Optional.of(installed);
        }
        return npm.get();
    }

    private static ProcessRun java(String... arguments) {
        return ProcessRun.of(
                folder,
                Stream.concat(Stream.of(tool("java")), Stream.of(arguments)).toList());
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
