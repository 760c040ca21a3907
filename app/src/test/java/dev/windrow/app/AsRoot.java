package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Commands that take root, or sudo that asks no password. */
public final class AsRoot {
    private AsRoot() {}

    /** What the command said if it failed; empty if all was well. */
    public static String run(String... command) throws InterruptedException {
        String first = runOnce(List.of(command));
        if (first.isEmpty()) {
            return first;
        }
        List<String> sudo = new ArrayList<>(List.of("sudo", "-n"));
        sudo.addAll(Arrays.asList(command));
        return runOnce(sudo).isEmpty() ? "" : first;
    }

    /**
     * As {@link #run}, where the test can do without: if it fails, the test is skipped, aloud, but never where the
     * environment says CI.
     *
     * @param what is tested with it
     */
    public static void runOrSkip(String what, String... command) throws InterruptedException {
        String refusal = run(command);
        if (refusal.isEmpty()) {
            return;
        }
        String loud = "NOT TESTED, " + what + ": " + command[0] + " can't be run here, " + refusal;
        System.err.println("\n******** " + loud + "\n");
        assertThat(System.getenv("CI")).as(loud).isNull();
        Assumptions.abort(loud);
    }

    private static String runOnce(List<String> command) throws InterruptedException {
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
