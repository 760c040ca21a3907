package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A small disk in memory, to be filled. Mounting one takes Linux and root, or sudo that asks no password: elsewhere the test is skipped,
 * aloud, but never where the environment says CI.
 */
final class Tmpfs implements AutoCloseable {
    final Path folder;

    private Tmpfs(Path folder) {
        this.folder = folder;
    }

    static Tmpfs mount(Path folder, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String refusal = run("mount", "-t", "tmpfs", "-o", "mode=1777,size=" + mebibytes + "m", "tmpfs", path(folder));
        if (!refusal.isEmpty()) {
            System.err.println("SKIPPED, a test of a full disk: no tmpfs can be mounted here: " + refusal);
            assertThat(System.getenv("CI"))
                    .as("CI must mount a tmpfs: %s", refusal)
                    .isNull();
            Assumptions.abort("no tmpfs can be mounted: " + refusal);
        }
        return new Tmpfs(folder);
    }

    void resize(int mebibytes) throws IOException, InterruptedException {
        assertThat(run("mount", "-o", "remount,size=" + mebibytes + "m", path(folder)))
                .isEmpty();
    }

    /** Lazily, since a JVM that has just closed its files may still hold one for a moment. */
    @Override
    public void close() throws IOException, InterruptedException {
        assertThat(run("umount", "-l", path(folder))).isEmpty();
    }

    private static String path(Path folder) {
        return folder.toAbsolutePath().toString();
    }

    /** What it said if it failed; empty if all was well. */
    private static String run(String... command) throws IOException, InterruptedException {
        String first = runAs(List.of(command));
        if (first.isEmpty()) {
            return first;
        }
        List<String> asRoot = new ArrayList<>(List.of("sudo", "-n"));
        asRoot.addAll(Arrays.asList(command));
        return runAs(asRoot).isEmpty() ? "" : first;
    }

    private static String runAs(List<String> command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : "it failed: " + said;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
