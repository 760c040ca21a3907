package dev.windrow.app.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.app.AsRoot;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.testkit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HomePermissionsTest {
    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void name() {
        folder = temp.resolve("home");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxr-xr-x", "rwxr-x---", "rwx--x--x", "rwx------"})
    void makesAnEmptyFolderItsOwnersAlone(String before) throws IOException {
        folder(folder, before);

        Home home = PrivateHome.open(folder);

        assertThat(List.of(home.folder(), home.work(), home.artifacts(), home.quarantine(), home.workers()))
                .allSatisfy(each -> assertThat(permissions(each)).isEqualTo("rwx------"));
        assertThat(folder).isDirectoryNotContaining("glob:**user");
    }

    @Test
    void makesAllThatIsThereItsOwnersAlone() throws IOException {
        folder(folder, "rwxrwxrwx");
        for (String inner : List.of("work", "artifacts", "quarantine", "workers", "demo", "demo/posts")) {
            folder(folder.resolve(inner), "rwxr-xr-x");
        }
        List<String> files = List.of(
                "windrow.db",
                "windrow.db-wal",
                "queue.db",
                "queue.db-shm",
                "queue.db-migrating",
                "ballast",
                "links.secret",
                "webhooks.secret",
                "work/a.part",
                "artifacts/a.1.zip",
                "quarantine/b.zip",
                "workers/c.alive",
                "demo/windrow.log",
                "demo/posts/posts.db");
        for (String file : files) {
            file(folder.resolve(file), "rw-rw-rw-");
        }

        PrivateHome.open(folder);

        assertThat(files)
                .allSatisfy(
                        file -> assertThat(permissions(folder.resolve(file))).isEqualTo("rw-------"));
        assertThat(permissions(folder.resolve("demo/posts"))).isEqualTo("rwx------");
    }

    @Test
    void leavesFilesOfOthersInAHomeAsTheyAre() throws IOException {
        folder(folder, "rwxr-xr-x");
        file(folder.resolve("windrow.db"), "rw-------");
        file(folder.resolve("catalog.yaml"), "rw-r--r--");

        PrivateHome.open(folder);

        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(folder.resolve("catalog.yaml"))).isEqualTo("rw-r--r--");
    }

    @Test
    void closesNoFolderThatOthersMayNeed() throws IOException {
        folder(folder, "rwxr-xr-x");
        file(folder.resolve("shop.db"), "rw-r--r--");

        assertThatThrownBy(() -> PrivateHome.open(folder))
                .isInstanceOf(RefusedStartException.class)
                .hasMessage("windrow.home: " + folder + " is open to other users, and has other things in it, such as"
                        + " shop.db; name a folder of Windrow's own, such as " + folder.resolve("windrow")
                        + ", which is made, or close this one (chmod 700)");
        assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        assertThat(PrivateHome.open(folder).artifacts()).isDirectory();
        assertThat(permissions(folder.resolve("shop.db"))).isEqualTo("rw-r--r--");
    }

    /** The operator puts drivers there before the first start. */
    @Test
    void closesAHomeOfDriversAlone() throws IOException {
        folder(folder, "rwxr-xr-x");
        folder(folder.resolve("drivers"), "rwxr-xr-x");

        PrivateHome.open(folder);

        assertThat(permissions(folder)).isEqualTo("rwx------");
    }

    @Test
    void followsALinkThatIsTheHomeAndOnesThatAreItsFolders() throws IOException {
        Path real = folder(temp.resolve("real"), "rwxr-xr-x");
        Path archives = folder(temp.resolve("big disk"), "rwxrwxrwx");
        file(archives.resolve("a.1.zip"), "rw-r--r--");
        file(archives.resolve(".store"), "rw-r--r--");
        Path file = file(temp.resolve("elsewhere"), "rw-r--r--");
        Files.createSymbolicLink(real.resolve("artifacts"), archives);
        Files.createSymbolicLink(real.resolve("ballast"), file);
        Files.createSymbolicLink(folder, real);

        PrivateHome.open(folder);

        assertThat(List.of(real, archives))
                .allSatisfy(each -> assertThat(permissions(each)).isEqualTo("rwx------"));
        assertThat(permissions(archives.resolve("a.1.zip"))).isEqualTo("rw-------");
        assertThat(permissions(file)).isEqualTo("rw-r--r--");
    }

    @Test
    void closesNoFolderBehindALinkThatOthersMayNeed() throws IOException {
        Path shared = folder(temp.resolve("shared"), "rwxr-xr-x");
        Path theirs = file(shared.resolve("team.txt"), "rw-r--r--");
        folder(folder, "rwx------");
        Files.createSymbolicLink(folder.resolve("artifacts"), shared);

        assertThatThrownBy(() -> PrivateHome.open(folder))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContaining("holds other things than Windrow's, such as team.txt");
        assertThat(permissions(shared)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(theirs)).isEqualTo("rw-r--r--");
    }

    @Test
    void refusesAHomeOfAnotherUser() throws Exception {
        folder(folder, "rwxrwxrwx");
        chown("nobody", folder);

        assertThatThrownBy(() -> PrivateHome.open(folder))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContainingAll(
                        folder + " belongs to nobody, and Windrow runs as ",
                        "run it as that user, give it the folder (chown), or name a folder of its own, such as "
                                + folder.resolve("windrow"));
        assertThat(Folders.files(folder)).isEmpty();
        assertThat(PrivateHome.open(folder.resolve("windrow")).work()).isDirectory();
    }

    @Test
    void refusesWhatAnotherUserHasPutIntoAnOpenHome() throws Exception {
        for (String planted : List.of("links.secret", "work", "artifacts/a.1.zip")) {
            Path home = folder(temp.resolve("home of " + planted.replace('/', ' ')), "rwxrwxrwx");
            Path own = home.resolve(planted);
            if (planted.equals("work")) {
                folder(own, "rwxrwxrwx");
            } else {
                folder(home.resolve("artifacts"), "rwxrwxrwx");
                file(own, "rw-rw-rw-");
            }
            chown("nobody", own);

            assertThatThrownBy(() -> PrivateHome.open(home))
                    .isInstanceOf(RefusedStartException.class)
                    .hasMessageContaining(own + " belongs to nobody, and Windrow runs as ");
        }
    }

    @Test
    void refusesLinksThatAnotherUserCouldTurn() throws Exception {
        Path real = folder(temp.resolve("real"), "rwx------");
        chown("nobody", Files.createSymbolicLink(folder, real));
        assertThatThrownBy(() -> PrivateHome.open(folder))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContaining(folder + " is a symbolic link of nobody's, who could have it lead elsewhere");

        Path planted = Files.createSymbolicLink(real.resolve("ballast"), temp.resolve("victim"));
        chown("nobody", planted);
        assertThatThrownBy(() -> PrivateHome.open(real))
                .hasMessageContaining(planted + " is a symbolic link of nobody's");
    }

    private static void chown(String user, Path path) throws InterruptedException {
        AsRoot.runOrSkip("files of another user", "chown", "-h", user, path.toString());
    }

    private static Path folder(Path folder, String permissions) throws IOException {
        Files.createDirectory(folder);
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }

    private static Path file(Path file, String permissions) throws IOException {
        Files.writeString(file, "x");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) {
        return Folders.permissions(path);
    }
}
