package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small disk in memory, to be filled. Needs Linux: see {@link AsRoot}. */
final class Tmpfs implements AutoCloseable {
    final Path folder;

    private Tmpfs(Path folder) {
        this.folder = folder;
    }

    static Tmpfs mount(Path folder, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        AsRoot.runOrSkip(
                "a full disk",
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "mode=700,uid=" + Files.getAttribute(folder, "unix:uid") + ",size=" + mebibytes + "m",
                "tmpfs",
                path(folder));
        return new Tmpfs(folder);
    }

    void resize(int mebibytes) throws InterruptedException {
        assertThat(AsRoot.run("mount", "-o", "remount,size=" + mebibytes + "m", path(folder)))
                .isEmpty();
    }

    /** Lazily, since a JVM that has just closed its files may still hold one for a moment. */
    @Override
    public void close() throws InterruptedException {
        assertThat(AsRoot.run("umount", "-l", path(folder))).isEmpty();
    }

    private static String path(Path folder) {
        return folder.toAbsolutePath().toString();
    }
}
