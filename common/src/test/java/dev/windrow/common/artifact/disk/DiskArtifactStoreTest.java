package dev.windrow.common.artifact.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskArtifactStoreTest {
    @TempDir
    private Path folder;

    @Test
    void publishesAFileThatALostRunHasPublishedAlready() throws IOException {
        DiskArtifactStore store = new DiskArtifactStore(folder.resolve("store"));
        Path file = Files.writeString(folder.resolve("x.part"), "archive");

        store.publish(file, "x");
        store.publish(file, "x");

        assertThat(store.localFile("x").orElseThrow()).hasContent("archive");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesToPublishWhatIsNowhere() throws IOException {
        DiskArtifactStore store = new DiskArtifactStore(folder.resolve("store"));

        assertThatThrownBy(() -> store.publish(folder.resolve("x.part"), "x")).isInstanceOf(NoSuchFileException.class);
        assertThat(store.keys()).isEmpty();
    }
}
