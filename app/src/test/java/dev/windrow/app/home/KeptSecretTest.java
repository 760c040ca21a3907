package dev.windrow.app.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptSecretTest {
    @TempDir
    Path folder;

    @Test
    void isMadeOnceForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("secret");
        String made = KeptSecret.of(file);
        assertThat(made).matches("[0-9a-f]{64}");
        assertThat(KeptSecret.of(file)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(KeptSecret.of(folder.resolve("another"))).isNotEqualTo(made);
    }

    @Test
    void isMadeAnewWhereItWasLeftHalfWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "0123");
        String made = KeptSecret.of(file);
        assertThat(made).matches("[0-9a-f]{64}");
        assertThat(Files.readString(file)).isEqualTo(made);
    }

    @Test
    void isTakenAsItWasPutThereWithALinesEndOrWithout() throws IOException {
        String secret = "0123456789abcdef".repeat(4);
        Path file = Files.writeString(folder.resolve("secret"), secret + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThat(KeptSecret.of(link)).isEqualTo(secret);
        assertThat(KeptSecret.of(file)).isEqualTo(secret);
        assertThat(Files.readString(file)).isEqualTo(secret + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void leavesWhatIsNoSecret() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "hello");
        assertThatThrownBy(() -> KeptSecret.of(file)).hasMessage("it holds 5 characters, and a secret has 32 to 1024");
        Path empty = Files.createFile(folder.resolve("empty"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), empty);
        assertThatThrownBy(() -> KeptSecret.of(link)).hasMessageContaining("it holds 0 characters");
        assertThat(file).hasContent("hello");
        assertThat(empty).isEmptyFile();
    }
}
