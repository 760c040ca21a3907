package dev.windrow.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where progress goes.
 *
 * @param interactive whether a line can be drawn again in place
 * @param width in columns
 */
public record Terminal(boolean interactive, int width) {
    private static final int USUAL_WIDTH = 80;

    static Terminal none() {
        return new Terminal(false, USUAL_WIDTH);
    }

    /** What standard error is. Java itself tells that of standard input and output alone, so POSIX is asked. */
    public static Terminal detect(Map<String, String> environment) {
        if ("dumb".equals(environment.get("TERM")) || !isTerminal(2)) {
            return none();
        }
        return new Terminal(true, width(environment));
    }

    /** Whether standard output is one, to which nobody wants an archive written. */
    public static boolean isOutput() {
        return isTerminal(1);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            Process test = new ProcessBuilder("test", "-t", String.valueOf(descriptor))
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return test.waitFor() == 0;
        } catch (IOException notPosix) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
            stty.waitFor();
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
