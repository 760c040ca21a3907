package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Debian package, its unit, its papers and the rest of the product say of each other. DebIT installs it. */
final class PackageTest {
    private static final Path ROOT = Path.of("..");
    private static final Path FILES = ROOT.resolve("ops/debian");

    /** Where the build puts what is in the package. */
    private static final Pattern PLACED =
            Pattern.compile("<(?:dst|prefix|linkName)>(/[^<]+)</|<path>(etc/[^<]+)</path>");

    private static final Pattern ROW = Pattern.compile("^\\| `(/[^`]+)` ", Pattern.MULTILINE);
    private static final Pattern COMMAND = Pattern.compile("^ +(sudo .+)$", Pattern.MULTILINE);

    @Test
    void isWhereTheManualSays() throws IOException {
        Set<String> named = groups(ROW, section());
        Set<String> placed = placed();
        assertThat(named)
                .as("a place that is said is there")
                .allSatisfy(place -> assertThat(placed.stream()
                                        .anyMatch(file -> isWithin(file, place) || isWithin(place, file))
                                || text(FILES.resolve("control/postinst")).contains(place + "\n")
                                || text(FILES.resolve("control/postinst")).contains(place + " "))
                        .as(place)
                        .isTrue());
        assertThat(placed)
                .as("what is there is said")
                .allSatisfy(file -> assertThat(named).anyMatch(place -> isWithin(file, place)));
    }

    @Test
    void asksBeforeItReplacesWhatAnAdministratorWrites() throws IOException {
        Set<String> settings = placed().stream()
                .filter(file -> file.startsWith("/etc/") && !file.endsWith("/catalog"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Files.readAllLines(FILES.resolve("control/conffiles"))).containsExactlyElementsOf(settings);
    }

    @Test
    void runsWhatItHasInThePlacesThatItMakes() throws IOException {
        assertThat(placed())
                .contains(unit("ExecStart").split(" ")[0], unit("ExecCondition").substring(1));
        assertThat(unit("ExecCondition"))
                .as("outside the sandbox: decision 148")
                .startsWith("+/");
        assertThat(unit("Environment")).isEqualTo("WINDROW_HOME=/var/lib/" + unit("StateDirectory"));
        assertThat(placed())
                .contains(
                        unit("WorkingDirectory") + "/application.yaml",
                        unit("EnvironmentFile").substring(1));
        assertThat(text(FILES.resolve("windrow-admin")))
                .contains("cd " + unit("WorkingDirectory"), "--reuid " + unit("User"));
        assertThat(text(FILES.resolve("with-environment")))
                .contains(
                        unit("Environment").split("=")[1],
                        unit("EnvironmentFile").substring(1));
    }

    @Test
    void hasTimeToEndInOrder() throws IOException {
        String settings = text(Path.of("src/main/resources/application.yaml"));
        String downloads = groups(Pattern.compile("timeout-per-shutdown-phase: (\\d+)s"), settings)
                .iterator()
                .next();
        assertThat(Duration.ofSeconds(Long.parseLong(unit("TimeoutStopSec"))))
                .isGreaterThanOrEqualTo(
                        Duration.ofSeconds(Long.parseLong(downloads)).plusSeconds(15));
    }

    @Test
    void startsJavaAsTheLauncherDoes() throws IOException {
        String launcher = text(FILES.resolve("windrow"));
        assertThat(launcher)
                .contains("@$share/jvm.options", "-Xmx${WINDROW_HEAP:-256m}", "${JAVA_OPTS:-}")
                .doesNotContain("-XX:", "-Xss", "-Xms");
        assertThat(text(ROOT.resolve("windrow"))).contains("-Xmx${WINDROW_HEAP:-256m}", "${JAVA_OPTS:-}");
        assertThat(placed()).contains("/usr/share/windrow/jvm.options");
    }

    @Test
    void refusesAJavaThatIsTooOldInWords(@TempDir Path home) throws IOException {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '[%s]' \"$LC_ALL\" \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        assertThat(launch(home))
                .satisfies(run -> assertThat(run.exit()).isEqualTo(1))
                .satisfies(run -> assertThat(run.err()).contains("is Java 11, and Windrow needs 17 or later"));

        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        assertThat(launch(home).out())
                .isEqualTo("[C.UTF-8][@/usr/share/windrow/jvm.options][-Xmx96m][-Da=1][-Db=2]"
                        + "[-jar][/usr/share/windrow/windrow.jar][export][two words]");
    }

    private static ProcessRun launch(Path javaHome) {
        Map<String, String> variables = Map.of(
                "JAVA_HOME", javaHome.toString(), "LC_ALL", "C", "WINDROW_HEAP", "96m", "JAVA_OPTS", "-Da=1 -Db=2");
        return ProcessRun.of(FILES, List.of("sh", "./windrow", "export", "two words"), variables);
    }

    /** What the journal says is to be done stands in the manual too. */
    @Test
    void saysTheSameFirstStepsEverywhere() throws IOException {
        Set<String> steps = groups(COMMAND, text(FILES.resolve("may-start")));
        assertThat(steps).hasSize(3);
        assertThat(section()).contains(steps);
        assertThat(text(FILES.resolve("may-start"))).contains("under \"" + title() + "\"");
    }

    private static String title() {
        return "Installed by the package";
    }

    private static String section() throws IOException {
        String manual = text(ROOT.resolve("docs/operations.md"));
        int start = manual.indexOf("\n## " + title() + "\n");
        assertThat(start).isPositive();
        return manual.substring(start, manual.indexOf("\n## ", start + 1));
    }

    private static Set<String> placed() throws IOException {
        return groups(PLACED, text(Path.of("pom.xml"))).stream()
                .map(file -> file.startsWith("/") ? file : "/" + file)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String unit(String key) throws IOException {
        List<String> values = Files.readAllLines(FILES.resolve("windrow.service")).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
        assertThat(values).as(key).hasSize(1);
        return values.get(0);
    }

    private static boolean isWithin(String file, String place) {
        return file.equals(place) || file.startsWith(place + "/");
    }

    private static Set<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(PackageTest::first).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String first(MatchResult match) {
        return Optional.ofNullable(match.group(1)).orElseGet(() -> match.group(2));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }
}
