package dev.windrow.common.artifact.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.ArtifactStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DiskArtifactStoreTest extends ArtifactStoreContract {
    @Override
    protected ArtifactStore store() throws IOException {
        return new DiskArtifactStore(folder.resolve("store"));
    }

    @Override
    protected ArtifactStore another() throws IOException {
        return new DiskArtifactStore(folder.resolve("another"));
    }

    @Test
    void keepsItsNameAndGivesAnotherFolderAnother() throws IOException {
        Path shared = folder.resolve("store");
        String name = new DiskArtifactStore(shared).name();
        assertThat(new DiskArtifactStore(shared).name()).isEqualTo(name).hasSize(36);
        assertThat(new DiskArtifactStore(folder.resolve("other")).name()).isNotEqualTo(name);
    }

    @Test
    void callsNothingMissingWhereTheFolderIsNotTheOneThatItWas() throws IOException {
        Path place = folder.resolve("store");
        DiskArtifactStore store = new DiskArtifactStore(place);
        assertThatThrownBy(() -> store.open("x")).isInstanceOf(NoSuchFileException.class);
        assertThat(store.find("x")).isEmpty();

        Files.move(place, folder.resolve("unmounted"));
        Files.createDirectory(place);
        for (int mounts = 0; mounts < 2; mounts++) {
            assertThatThrownBy(() -> store.open("x"))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining("mounted");
            assertThatThrownBy(() -> store.find("x")).isNotInstanceOf(NoSuchFileException.class);
            assertThat(new DiskArtifactStore(place).name()).isNotEqualTo(store.name());
        }
    }
}
