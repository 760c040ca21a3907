package dev.windrow.app.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where progress goes.
 *
 * @param interactive whether a line can be drawn again in place
 * @param width in columns
 */
record Terminal(boolean interactive, int width) {
    private static final int USUAL_WIDTH = 80;
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    static Terminal none() {
        return new Terminal(false, USUAL_WIDTH);
    }

    /** What standard error is. Java tells it of standard input and output together only, so Linux is asked first. */
    static Terminal detect(Map<String, String> environment) {
        if ("dumb".equals(environment.get("TERM")) || !errorIsTerminal()) {
            return none();
        }
        return new Terminal(true, width(environment));
    }

    private static boolean errorIsTerminal() {
        try {
            String device = Files.readSymbolicLink(STDERR).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            // Plain lines are right everywhere; a bar is not.
            return false;
        }
    }

    private static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("\\d{1,4}")) {
            return sane(Integer.parseInt(columns));
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            stty.waitFor(1, TimeUnit.SECONDS);
            return size.matches("\\d{1,4} \\d{1,4}") ? sane(Integer.parseInt(size.split(" ", -1)[1])) : USUAL_WIDTH;
        } catch (IOException noStty) {
            return USUAL_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_WIDTH;
        }
    }

    private static int sane(int width) {
        return width == 0 ? USUAL_WIDTH : Math.max(20, width);
    }
}
