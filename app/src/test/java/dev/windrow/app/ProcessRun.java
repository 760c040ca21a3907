package dev.windrow.app;

import dev.windrow.testkit.WindrowJar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a process said and how it ended. */
record ProcessRun(int exit, String out, String err) {
    /** The fat jar, as it is delivered, with these arguments, to its end. */
    static ProcessRun windrow(Path folder, String... arguments) {
        return of(folder, jar(arguments));
    }

    /** The program in this process, for starts that are refused: as main runs it, but that this process goes on. */
    static ProcessRun here(String... arguments) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit;
        try (PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(toOut);
            System.setErr(toErr);
            exit = Windrow.commandLine().execute(arguments);
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
        return new ProcessRun(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static List<String> jar(String... arguments) {
        return WindrowJar.built().command("256m", arguments);
    }

    static ProcessRun of(List<String> command) {
        return of(Path.of("."), command);
    }

    static ProcessRun of(Path folder, List<String> command) {
        return of(folder, command, Map.of());
    }

    /** @param variables of its environment, beside those of this process */
    static ProcessRun of(Path folder, List<String> command, Map<String, String> variables) {
        Path out = temporary();
        Path err = temporary();
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(variables);
            Process process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("does not end: " + command + "\n" + Files.readString(out));
            }
            return new ProcessRun(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            out.toFile().delete();
            err.toFile().delete();
        }
    }

    String all() {
        return out + err;
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("windrow", ".txt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
