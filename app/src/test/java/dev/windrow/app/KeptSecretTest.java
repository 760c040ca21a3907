package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

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
}
