package dev.windrow.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.windrow.app.NpmFolder.assertEnds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.windrow.testkit.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The npm package of the button, installed from its pack into pages that Vite builds: of plain HTML, React, Vue and
 * Svelte, in a real browser.
 */
@Tag("slow")
@Tag("browser")
final class NpmPackageIT {
    private static final Path PACKAGE = Path.of("../api/src/npm");
    private static final Path SITE = Path.of("src/test/npm");

    @TempDir
    static Path folder;

    private static final List<Process> serving = new ArrayList<>();

    private static NpmFolder site;
    private static RunningWindow windrow;
    private static String built;
    private static String developed;

    @BeforeAll
    static void serve() throws IOException {
        Browser.require();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        // Started first, so that its threads are not taken for the product's.
        Browser.open().close();
        int first = Ports.free();
        int second = Ports.free();
        built = "http://127.0.0.1:" + first;
        developed = "http://127.0.0.1:" + second;
        windrow = RunningWindow.start(
                folder.resolve("home"), PageSamples.make(folder), "--windrow.page.origins=" + built + "," + developed);
        site = NpmFolder.installed(SITE, folder.resolve("site"));
        assertEnds(site.npm("install", "--no-save", pack().toString()));
        Files.writeString(site.path().resolve(".env"), "VITE_WINDROW=" + windrow.client.url() + "/\n");
        assertEnds(site.node("node_modules/vite/bin/vite.js", "build"));
        vite(first, "preview");
        vite(second, "dev");
    }

    @AfterAll
    static void stop() {
        serving.forEach(process -> process.destroyForcibly().onExit().join());
        if (windrow != null) {
            windrow.close();
        }
    }

    /** As it is published: the folder of the sources and the file that the server serves. */
    private static Path pack() throws IOException {
        NpmFolder sources = new NpmFolder(Files.createDirectory(folder.resolve("package")));
        try (var files = Files.list(PACKAGE)) {
            for (Path file : files.toList()) {
                Files.copy(file, sources.path().resolve(file.getFileName()));
            }
        }
        Files.writeString(
                sources.path().resolve("windrow.js"),
                windrow.client.get("/windrow.js").text());
        ProcessRun packed = sources.npm("pack", "--json");
        assertEnds(packed);
        JsonNode told = JsonMapper.shared().readTree(packed.out()).get(0);
        assertThat(told.path("files")
                        .valueStream()
                        .map(file -> file.path("path").asString()))
                .containsExactlyInAnyOrder(
                        "README.md",
                        "custom-elements.json",
                        "index.d.ts",
                        "index.js",
                        "package.json",
                        "react.d.ts",
                        "windrow.js");
        return sources.path().resolve(told.path("filename").asString());
    }

    private static void vite(int port, String command) throws IOException {
        Process process = new ProcessBuilder(
                        "node",
                        "node_modules/vite/bin/vite.js",
                        command,
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--strictPort")
                .directory(site.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command + ".log").toFile())
                .start();
        serving.add(process);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (ConnectException notYet) {
                return false;
            }
        });
    }

    private static void press(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "react", "vue", "svelte"})
    void exportsFromTwoButtonsOfOnePage(String framework) {
        try (Browser browser = Browser.open()) {
            Page page = browser.page(built + "/" + framework + ".html");
            press(page, "Export one");
            press(page, "Export two");
            assertThat(page.locator("output")).containsText("readings ");
            assertThat(page.locator("output")).containsText("slow ");
        }
    }

    /** The page changes under the button while somebody develops it; what was exported is still there. */
    @ParameterizedTest
    @CsvSource({"react, react/App.tsx", "vue, vue/App.vue", "svelte, svelte/App.svelte"})
    void keepsItsExportWhenThePageIsReplacedHot(String framework, String file) throws IOException {
        Path source = site.path().resolve(file);
        try (Browser browser = Browser.open()) {
            Page page = browser.page(developed + "/" + framework + ".html");
            press(page, "Export one");
            assertThat(page.locator("windrow-export").first()).containsText("Export one");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download"))
                    .waitFor();
            page.evaluate("() => { window.thisPage = true; }");

            Files.writeString(source, Files.readString(source).replace("Export two", "Export the other"));

            press(page, "Export the other");
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download")))
                    .hasCount(2);
            assertThat(page.evaluate("() => window.thisPage")).isEqualTo(true);
        }
    }

    @Test
    void isNothingOnAServerThatRendersPages() {
        ProcessRun run = site.node("render.js");
        assertEnds(run);
        assertThat(run.out()).isEqualTo("undefined <windrow-export dataset=\"slow\">Export</windrow-export>\n");
    }

    @Test
    void hasTypes() {
        assertEnds(site.node("node_modules/typescript/bin/tsc"));
    }

    /** By what the element itself observes, sends and offers. */
    @Test
    void describesTheElementAsItIs() throws IOException {
        JsonNode described = JsonMapper.shared()
                .readTree(PACKAGE.resolve("custom-elements.json"))
                .at("/modules/0/declarations/0");
        String script = windrow.client.get("/windrow.js").text();

        assertThat(names(described, "attributes"))
                .containsAll(found(script, "(?s)observedAttributes = \\[(.*?)\\]", "\"([a-z-]+)\""));
        assertThat(names(described, "cssParts")).isEqualTo(parts());
        assertThat(names(described, "cssProperties")).isEqualTo(found(script, "(?s)(.*)", "var\\((--windrow-[a-z-]+)"));
        String told = told();
        assertThat(names(described, "events")).hasSize(8).allMatch(told::contains);
    }

    private static Set<String> names(JsonNode described, String kind) {
        Set<String> names = new TreeSet<>();
        described.path(kind).forEach(one -> names.add(one.path("name").asString()));
        return names;
    }

    /** What the package says of itself. */
    private static String told() throws IOException {
        return Files.readString(PACKAGE.resolve("README.md"));
    }

    private static Set<String> parts() throws IOException {
        Set<String> parts = new TreeSet<>();
        found(told(), "(?s)\\*\\*Styling\\*\\*(.*?)--windrow", "::part\\(([a-z]+)\\)")
                .forEach(parts::add);
        return parts;
    }

    private static Set<String> found(String text, String where, String what) {
        Set<String> found = new TreeSet<>();
        var place = Pattern.compile(where).matcher(text);
        assertThat(place.find()).isTrue();
        Pattern.compile(what).matcher(place.group(1)).results().forEach(one -> found.add(one.group(1)));
        return found;
    }
}
