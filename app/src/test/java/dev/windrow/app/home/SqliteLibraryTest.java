package dev.windrow.app.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteLibraryTest {
    private static final String USER = System.getProperty("user.name");

    @TempDir
    Path temporary;

    @Test
    void unpacksOnceForAllProcesses() throws IOException {
        Path folder = SqliteLibrary.unpack(temporary, USER);
        Path library = onlyFile(folder);
        FileTime unpacked = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(library, unpacked);

        assertThat(SqliteLibrary.unpack(temporary, USER)).isEqualTo(folder);

        assertThat(onlyFile(folder)).isEqualTo(library);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(unpacked);
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void unpacksAgainWhatIsNotWhole() throws IOException {
        Path folder = SqliteLibrary.unpack(temporary, USER);
        byte[] whole = Files.readAllBytes(onlyFile(folder));
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        for (byte[] broken : new byte[][] {new byte[0], changed}) {
            Files.write(onlyFile(folder), broken);

            SqliteLibrary.unpack(temporary, USER);

            assertThat(Files.readAllBytes(onlyFile(folder))).isEqualTo(whole);
        }
    }

    @Test
    void trustsNoFolderThatOthersCanWriteTo() throws IOException {
        Path folder = SqliteLibrary.unpack(temporary, USER);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> SqliteLibrary.unpack(temporary, USER)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SqliteLibrary.unpack(temporary, "somebody-else"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void followsNoLinkOfSomebodyElse() throws IOException {
        Path folder = SqliteLibrary.unpack(temporary, USER);
        Files.move(folder, temporary.resolve("elsewhere"));
        Files.createSymbolicLink(folder, temporary.resolve("elsewhere"));

        assertThatThrownBy(() -> SqliteLibrary.unpack(temporary, USER)).isInstanceOf(IOException.class);
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
