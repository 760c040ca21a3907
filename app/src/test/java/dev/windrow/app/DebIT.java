package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Debian package from the first day to the last: installed, set up, upgraded, removed and purged by dpkg, on a
 * machine that systemd has started, and that has this one's files without changing any ({@code src/test/deb/machine}).
 * What is done there, once for all tests, is {@code src/test/deb/steps}.
 */
@Tag("slow")
final class DebIT {
    private static final Path DEB = Path.of("target", "windrow.deb");
    private static final Path SCRIPTS = Path.of("src", "test", "deb").toAbsolutePath();
    private static final String TESTED = "the Debian package";

    @TempDir
    private static Path machine;

    @BeforeAll
    static void doTheSteps() throws IOException, InterruptedException {
        Machine.requireProgram(TESTED, "dpkg-deb", "dpkg");
        Machine.requireProgram(TESTED, "systemd-analyze", "systemd");
        Machine.requireProgram(TESTED, "ip", "iproute2");
        Machine.requireProgram(TESTED, "sqlite3", "sqlite3");
        Machine.requireProgram(TESTED, "curl", "curl");
        AsRoot.runOrSkip(
                TESTED,
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--cgroup",
                "--ipc",
                "--uts",
                "--net",
                "mount",
                "-t",
                "cgroup2",
                "cgroup2",
                machine.toString());
        Files.copy(DEB, machine.resolve("windrow.deb"));
        Files.copy(SCRIPTS.resolve("steps"), machine.resolve("steps"));
        makeNextVersion();
        assertThat(AsRoot.run(SCRIPTS.resolve("machine").toString(), machine.toString()))
                .as(() -> said("console") + said("said"))
                .isEmpty();
    }

    /** The same files under a higher version, as a release after this one. */
    private static void makeNextVersion() throws IOException {
        Path files = machine.resolve("next");
        run("dpkg-deb", "--raw-extract", DEB.toString(), files.toString());
        Path control = files.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceFirst("(?m)^Version: .+$", "Version: 99.0.0"));
        Path next = machine.resolve("next.deb");
        run("dpkg-deb", "--root-owner-group", "-Znone", "--build", files.toString(), next.toString());
        run("rm", "-r", files.toString());
    }

    private static void run(String... command) {
        ProcessRun run = ProcessRun.of(List.of(command));
        assertThat(run.exit()).as(run.all()).isZero();
    }

    @Test
    void startsNothingWithoutACatalogAndSaysWhatToDo() {
        assertThat(said("install.exit")).as(said("install")).isEqualTo("0");
        assertThat(said("install.enabled")).isEqualTo("enabled");
        assertThat(said("install.state")).contains("ActiveState=inactive", "Result=success");
        for (String place : List.of("install", "install.journal")) {
            assertThat(said(place))
                    .contains(
                            "no catalog in /etc/windrow/catalog",
                            "sudo windrow-admin init",
                            "sudo systemctl start windrow");
        }
    }

    @Test
    void givesSettingsAndHomeToItsUserAlone() {
        assertThat(said("install.files").lines())
                .containsExactly(
                        "drwxr-x--- root windrow /etc/windrow",
                        "-rw-r----- root windrow /etc/windrow/application.yaml",
                        "drwxr-x--- root windrow /etc/windrow/catalog",
                        "-rw-r----- root windrow /etc/windrow/environment",
                        "-rw-r----- root windrow /etc/windrow/keys.yaml",
                        "drwx------ windrow windrow /var/lib/windrow");
        assertThat(said("home.files").lines())
                .anyMatch(line -> line.endsWith("/windrow.db"))
                .allMatch(line -> line.matches("(drwx------|-rw-------) windrow windrow .+"));
    }

    @Test
    void exportsForWhoeverHasAKeyAndListensOnTheLoopbackAlone() {
        assertThat(said("export.exit")).as(said("export")).isEqualTo("0");
        assertThat(said("export")).contains("sha256: ");
        assertThat(said("without-key")).isEqualTo("401");
        // Port 8080, and LISTEN: on 127.0.0.1, which a socket of IPv6 has as ::ffff:127.0.0.1.
        assertThat(Pattern.compile("(\\w+):1F90 \\w+:0000 0A")
                        .matcher(said("sockets"))
                        .results())
                .isNotEmpty()
                .allSatisfy(socket -> assertThat(socket.group(1)).endsWith("0100007F"));
    }

    /** By the kernel's own word of the process, not the unit's. */
    @Test
    void runsWithoutRightsBehindAFilterOfSystemCalls() throws IOException {
        assertThat(said("process").replace('\t', ' ').lines())
                .contains(
                        "CapEff: 0000000000000000",
                        "CapBnd: 0000000000000000",
                        "NoNewPrivs: 1",
                        "Seccomp: 2",
                        "Umask: 0077")
                .noneMatch(line -> line.startsWith("Uid: 0 "));
        assertThat(said("process.command").lines())
                .containsExactly(
                        "/usr/bin/java",
                        "@/usr/share/windrow/jvm.options",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dodd=1",
                        "-jar",
                        "/usr/share/windrow/windrow.jar",
                        "serve");
    }

    @Test
    void isExposedNoMoreThanAtMost() {
        assertThat(said("security.exit")).as(said("security")).isEqualTo("0");
        assertThat(said("verify").lines().filter(line -> line.contains("windrow")))
                .isEmpty();
        System.out.println(said("security").lines().reduce("", (before, last) -> last));
    }

    @Test
    void copiesTheHomeAsTheServicesUser() {
        assertThat(said("backup.files")).as(said("backup")).contains("windrow windrow /srv/backups/first/windrow.db");
    }

    @Test
    void keepsSettingsAndExportsOverAnUpgrade() {
        assertThat(said("upgrade.exit")).as(said("upgrade")).isEqualTo("0");
        assertThat(said("upgrade")).contains("Unpacking windrow (99.0.0) over");
        assertThat(said("upgrade.settings")).isEqualTo("# changed here");
        assertThat(said("upgrade.list")).as(said("upgrade.journal")).contains("completed", "orders");
        // Handed over before the files of the new version are there.
        assertThat(said("upgrade.journal")).contains("stopping: no new work is taken");
    }

    @Test
    void endsInOrder() {
        assertThat(said("stop.state")).contains("ActiveState=inactive", "Result=success", "ExecMainStatus=0");
        assertThat(said("failed")).isEmpty();
    }

    @Test
    void leavesSettingsAndExportsWhereItIsRemoved() {
        assertThat(said("remove.exit")).as(said("remove")).isEqualTo("0");
        assertThat(said("remove.processes")).isEmpty();
        assertThat(said("remove.files"))
                .contains("/etc/windrow/application.yaml", "/etc/windrow/keys.yaml", "/var/lib/windrow/windrow.db")
                .contains("/usr/share/windrow’: No such file", "/usr/bin/windrow’: No such file");
    }

    @Test
    void leavesNothingButCatalogsWhereItIsPurged() {
        assertThat(said("purge.exit")).as(said("purge")).isEqualTo("0");
        assertThat(said("purge.files")
                        .lines()
                        .filter(line -> !line.startsWith("d"))
                        .collect(Collectors.joining("\n")))
                .contains("/var/lib/windrow’: No such file")
                .contains("/etc/windrow/catalog/shop.yaml")
                .doesNotContain("application.yaml", "environment", "keys.yaml");
    }

    /** What the steps wrote under that name; empty if they did not come so far. */
    private static String said(String name) {
        try {
            Path file = machine.resolve(name);
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
