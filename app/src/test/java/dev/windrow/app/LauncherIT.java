package dev.windrow.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a small tree of its own, with a Java and a Maven that only say what they were asked. */
final class LauncherIT {
    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "dirname",
            "env",
            "find",
            "flock",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "touch");

    @TempDir
    Path temp;

    private Path root;
    private Path tools;
    private Path elsewhere;

    @BeforeEach
    void layOut() throws IOException {
        root = Files.createDirectories(temp.resolve("a project"));
        tools = Files.createDirectories(temp.resolve("tools"));
        elsewhere = Files.createDirectories(temp.resolve("else where"));
        Files.copy(Path.of("..", "windrow"), root.resolve("windrow"));
        Files.createDirectories(root.resolve("app"));
        Files.copy(Path.of("jvm.options"), root.resolve("app/jvm.options"));
        Files.copy(Path.of("make-ready"), root.resolve("app/make-ready"));
        Files.copy(Path.of("take-apart"), root.resolve("app/take-apart"));
        Files.createDirectories(root.resolve("common/src/main"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.writeString(root.resolve("common/src/main/A.java"), "");
        for (String tool : TOOLS) {
            script(tools.resolve(tool), "exec " + find(tool) + " \"$@\"\n");
        }
        // The real one would wait for whatever else this machine writes.
        script(tools.resolve("sync"), "");
    }

    @Test
    void runsTheJarWithoutMavenAndLeavesTheArgumentsAndTheDirectoryAsTheyAre() throws Exception {
        java("17");
        built();

        Outcome outcome = run(Map.of("JAVA_OPTS", "-Da=1 -Db=2"), "demo", "two words", "");

        assertThat(outcome.out())
                .contains("[-XX:+UseSerialGC]", "[-Xmx256m]", "[-Da=1]", "[-Db=2]", "[-jar]", "[" + jar() + "]")
                .endsWith("[demo]\n[two words]\n[]\nin " + elsewhere.toRealPath() + "\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isZero();
    }

    @Test
    void takesTheHeapFromTheEnvironment() throws Exception {
        java("17");
        built();

        assertThat(run(Map.of("WINDROW_HEAP", "96m")).out()).contains("[-Xmx96m]");
    }

    @Test
    void hasJavaFindFilesWhateverTheirNamesAre() throws Exception {
        java("17");
        built();

        assertThat(run(Map.of("FAKE_ENCODING", "ANSI_X3.4-1968", "LC_ALL", "C")).out())
                .startsWith("locale C.UTF-8\n");
        assertThat(run(Map.of("FAKE_ENCODING", "UTF-8", "LC_ALL", "de_DE.UTF-8"))
                        .out())
                .startsWith("locale de_DE.UTF-8\n");
    }

    @Test
    void prefersTheJavaOfJavaHome() throws Exception {
        java("11");
        built();
        Path home = temp.resolve("java home");
        Files.createDirectories(home.resolve("bin"));
        script(home.resolve("bin/java"), fakeJava("25"));

        assertThat(run(Map.of("JAVA_HOME", home.toString())).exit()).isZero();
        assertThat(run(Map.of("JAVA_HOME", temp.resolve("gone").toString())).err())
                .contains("there is no bin/java in it");
    }

    @Test
    void worksThroughSymbolicLinks() throws Exception {
        java("17");
        built();
        Path far = Files.createSymbolicLink(temp.resolve("far"), root.resolve("windrow"));
        Path near = Files.createSymbolicLink(elsewhere.resolve("near"), Path.of("..", "far"));

        assertThat(start(near, Map.of()).finish().out()).contains("[" + jar() + "]");
        assertThat(far).isSymbolicLink();
    }

    @Test
    void buildsOnTheFirstStartAndSaysSo() throws Exception {
        java("17");
        maven("");

        Outcome first = run(Map.of());
        Outcome second = run(Map.of());

        assertThat(first.err()).contains("Building Windrow (first start only").doesNotContain("mvn in");
        assertThat(story()).startsWith("mvn in " + root.toRealPath());
        assertThat(first.out()).contains("[-jar]").doesNotContain("mvn in");
        assertThat(second.err()).isEmpty();
    }

    @Test
    void saysWhatTheBuildIsAtAndNothingElseThatMavenSays() throws Exception {
        java("17");
        maven("""
                echo '[INFO] Scanning for projects...'
                echo '[INFO] Downloading from central: https://repo.example/a.pom'
                echo '[INFO] Downloading from central: https://repo.example/b.pom'
                echo '[INFO] Building Windrow 0.1.0-SNAPSHOT                           [1/9]'
                echo '[INFO] Building Windrow common 0.1.0-SNAPSHOT                    [2/9]'
                echo '[INFO] Building jar: /x/windrow.jar'
                printf '\\033[0m\\033[0m'
                """);

        assertThat(run(Map.of()).err()).isEqualTo("""
                Building Windrow (first start only, takes a minute or two):
                  fetching libraries, which takes as long as the network does
                  1/9 Windrow
                  2/9 Windrow common
                  preparing the next starts
                """);
    }

    @Test
    void saysWhyTheBuildFailed() throws Exception {
        java("17");
        maven("""
                printf '\\033[0m[ERROR] A.java:[1,2] no such thing\\033[m\\n'
                echo 'the whole of it'
                exit 3
                """);

        Outcome outcome = run(Map.of());

        assertThat(outcome.err())
                .contains("[ERROR] A.java:[1,2] no such thing\n")
                .contains("the build failed", "app/target/build.log")
                .doesNotContain("\033", "the whole of it");
        assertThat(story()).contains("the whole of it");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    private String story() throws IOException {
        return Files.readString(root.resolve("app/target/build.log"));
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        java("17");
        built();
        maven("");
        Files.setLastModifiedTime(
                root.resolve("common/src/main/A.java"), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));

        assertThat(run(Map.of()).err()).contains("Building Windrow again");
        assertThat(story()).contains("mvn in");
    }

    @Test
    void takesNoNoteOfTestsOrOfWhatWasBuilt() throws Exception {
        java("17");
        built();
        maven("");
        for (String other : List.of("common/src/test/B.java", "common/target/B.class", "windrow-data/windrow.db")) {
            Path file = root.resolve(other);
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, "");
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
        }

        assertThat(run(Map.of()).err()).isEmpty();
    }

    @Test
    void looksAtEveryModule() throws Exception {
        String launcher = Files.readString(Path.of("..", "windrow"));

        assertThat(Pattern.compile("<module>(.+)</module>")
                        .matcher(Files.readString(Path.of("..", "pom.xml")))
                        .results())
                .isNotEmpty()
                // No part of the jar.
                .filteredOn(
                        module -> !List.of("benchmarks", "testkit", "testkit/s3proxy", "starter", "examples/embedded")
                                .contains(module.group(1)))
                .allMatch(module -> launcher.contains("\"$root/" + module.group(1) + "\""));
    }

    @Test
    void startsAnOlderJarWhereNothingCanBeBuilt() throws Exception {
        java("17");
        built();
        Files.setLastModifiedTime(
                root.resolve("common/src/main/A.java"), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));

        Outcome outcome = run(Map.of());

        assertThat(outcome.err()).contains("started as it is").contains("Maven is missing");
        assertThat(outcome.exit()).isZero();
    }

    @Test
    void buildsOnceWhenTwoStartTogether() throws Exception {
        java("17");
        maven("sleep 0.5");

        Running one = start(root.resolve("windrow"), Map.of());
        Running two = start(root.resolve("windrow"), Map.of());

        assertThat(List.of(one.finish(), two.finish()))
                .allSatisfy(outcome -> assertThat(outcome.exit()).isZero());
        assertThat(Files.readString(root.resolve("builds"))).isEqualTo("built\n");
    }

    @Test
    void startsWithTheClassesThatItArchivedAfterTheBuild() throws Exception {
        java("17");
        maven("");

        Outcome first = run(Map.of(), "serve");
        Outcome second = run(Map.of(), "serve", "two words");

        String ready = root.toRealPath() + "/app/target/ready/";
        assertThat(first.err()).doesNotContain("not found");
        assertThat(second.out())
                .contains("[-XX:SharedArchiveFile=" + ready + "classes-17+1]", "[-Xlog:cds*=off]")
                .contains("[-jar]\n[" + ready + "windrow.jar]\n[serve]\n[two words]\n");
        assertThat(second.err()).isEmpty();

        assertThat(run(Map.of("JAVA_OPTS", "-Xshare:off"), "serve").out()).doesNotContain("classes-");
        java("25");
        assertThat(run(Map.of(), "serve").out())
                .contains("[" + ready + "windrow.jar]")
                .doesNotContain("classes-");
    }

    @Test
    void startsTheJarItselfWhereSomebodyElseHasPackedItSince() throws Exception {
        java("25");
        maven("");
        run(Map.of());
        assertThat(run(Map.of()).out()).contains("[-XX:AOTCache=");

        Files.setLastModifiedTime(
                root.resolve("app/target/windrow.jar.original"), FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));

        assertThat(run(Map.of()).out()).contains("[" + jar() + "]").doesNotContain("AOTCache", "classes-");
    }

    @Test
    void startsTheJarItselfWhereNothingCanBeArchived() throws Exception {
        java("17");
        maven("");
        Files.delete(tools.resolve("env"));

        run(Map.of());
        Outcome outcome = run(Map.of());

        assertThat(outcome.out()).contains("[" + jar() + "]").doesNotContain("classes-");
        assertThat(outcome.err()).isEmpty();
    }

    /**
     * The Java of this test, and an archive that it can't use: it must start as if there were none, and say nothing of
     * it.
     */
    @Test
    void startsInSilenceWithAnArchiveThatIsSpoilt() throws Exception {
        Path real = Path.of(System.getProperty("java.home"));
        Path ready = Files.createDirectories(root.resolve("app/target/ready"));
        Files.writeString(root.resolve("app/target/windrow.jar"), "");
        Files.writeString(root.resolve("app/target/windrow.jar.original"), "");
        try (JarOutputStream file = new JarOutputStream(
                Files.newOutputStream(ready.resolve("windrow.jar")), mainClass(Greeting.class.getName()))) {
            String name = Greeting.class.getName().replace('.', '/') + ".class";
            file.putNextEntry(new JarEntry(name));
            try (InputStream bytes = Greeting.class.getClassLoader().getResourceAsStream(name)) {
                bytes.transferTo(file);
            }
        }
        Files.writeString(ready.resolve("classes-" + System.getProperty("java.vm.version")), "spoilt");
        Files.writeString(ready.resolve("made"), "");

        Outcome outcome = run(Map.of("JAVA_HOME", real.toString()), "you");

        assertThat(outcome).isEqualTo(new Outcome(0, "Hello you\n", ""));
    }

    private static Manifest mainClass(String name) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name);
        return manifest;
    }

    /** A program. */
    static final class Greeting {
        private Greeting() {}

        public static void main(String[] arguments) {
            System.out.print("Hello " + arguments[0] + "\n");
        }
    }

    @Test
    void saysThatJavaIsMissing() throws Exception {
        Outcome outcome = run(Map.of());

        assertThat(outcome.err()).startsWith("windrow: Java is missing. Install a JDK 17 or later");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    @Test
    void refusesAnOldJava() throws Exception {
        for (String old : List.of("1.8", "9", "11", "16")) {
            java(old);
            assertThat(run(Map.of()).err()).contains("is Java " + old + ", and Windrow needs 17 or later");
        }
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        java("17");

        Outcome outcome = run(Map.of());

        assertThat(outcome.err()).contains("not built yet").contains("Maven is missing. Install 3.8 or later");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    @Test
    void endsWhenTheBuildFails() throws Exception {
        java("17");
        maven("exit 1");

        Outcome outcome = run(Map.of());

        assertThat(outcome.err()).contains("the build failed");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.exit()).isEqualTo(1);
    }

    private String jar() throws IOException {
        return root.toRealPath() + "/app/target/windrow.jar";
    }

    private void built() throws IOException {
        Files.createDirectories(root.resolve("app/target"));
        Files.writeString(root.resolve("app/target/windrow.jar"), "");
    }

    /** A Java with a compiler beside it. */
    private void java(String version) throws IOException {
        script(tools.resolve("java"), fakeJava(version));
        Files.createDirectories(temp.resolve("jdk/bin"));
        script(temp.resolve("jdk/bin/javac"), "");
    }

    private String fakeJava(String version) {
        return """
                if [ "$1" = -XshowSettings:properties ]; then
                    echo "    java.home = %1$s" >&2
                    echo "    java.specification.version = %2$s" >&2
                    echo "    java.vm.version = %2$s+1" >&2
                    echo "    sun.jnu.encoding = ${FAKE_ENCODING:-UTF-8}" >&2
                    exit 0
                fi
                for word in "$@"; do
                    case $word in
                        *AtExit=* | *Output=*) : >"${word#*=}" ;;
                        # Java finds no file whose name is not ASCII, if it is told no locale.
                        --destination) [ "${LC_ALL:-C}" != C ] || exit 1; destination=yes ;;
                        *) [ -z "${destination:-}" ] || { mkdir -p "$word"; : >"$word/windrow.jar"; exit 0; } ;;
                    esac
                done
                [ -z "${FAKE_ENCODING:-}" ] || echo "locale ${LC_ALL:-none}"
                printf '[%%s]\\n' "$@"
                echo "in $(pwd -P)"
                """.formatted(temp.resolve("jdk"), version);
    }

    private void maven(String extra) throws IOException {
        script(
                tools.resolve("mvn"),
                "echo \"mvn in $(pwd -P)\"\n" + extra
                        + "\nmkdir -p app/target\necho built >>builds\ntouch app/target/windrow.jar app/target/windrow.jar.original\n");
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path find(String tool) {
        return List.of("/bin", "/usr/bin", "/usr/local/bin").stream()
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
        return start(root.resolve("windrow"), environment, arguments).finish();
    }

    private Running start(Path launcher, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(temp, "out", "");
        Path err = Files.createTempFile(temp, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(elsewhere.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    private record Running(Process process, Path out, Path err) {
        Outcome finish() throws Exception {
            int exit = process.waitFor();
            return new Outcome(exit, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
        }
    }

    private record Outcome(int exit, String out, String err) {}
}
