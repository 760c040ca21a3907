package dev.windrow.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pipeline of other programs that writes the same rows to a file, whole processes from start to end.
 *
 * @param script for a POSIX shell; finds the database, the query and the file to write in its variables
 */
record Peer(String name, String script) {
    private static final Pattern TIME = Pattern.compile("([0-9]+)m([0-9.]+)s");
    private static final String FAILED = "the query failed";
    /** A pipe ends as its last program does: that an earlier one failed has to be said. */
    private static final String SQLITE =
            "{ sqlite3 -csv -header \"$DATABASE\" \"$QUERY\" || echo " + FAILED + " >&2; }";

    static final String ZIP = "sqlite3 -csv | zip -6";
    static final String PIGZ = "sqlite3 -csv | pigz -p2 -6";
    static final String COPY = "psql \\copy | pigz -p2 -6";
    static final String SPRING_BATCH = "Spring Batch's file writer (no compression)";

    static Peer pigz() {
        return new Peer(PIGZ, SQLITE + " | pigz -p2 -6 > \"$FILE\"");
    }

    /** Takes a connection string in place of a database's file. */
    static Peer copy() {
        String copy =
                "psql -X -q -v ON_ERROR_STOP=1 \"$DATABASE\" -c \"\\copy ($QUERY) to stdout (format csv, header)\"";
        return new Peer(COPY, "{ " + copy + " || echo " + FAILED + " >&2; } | pigz -p2 -6 > \"$FILE\"");
    }

    /** Those that there are: the build may have been made without Spring Batch. */
    static List<Peer> all(String heap) {
        List<Peer> all = new ArrayList<>(List.of(new Peer(ZIP, SQLITE + " | zip -6 -q - - > \"$FILE\""), pigz()));
        if (Peer.class.getResource("/org/springframework/batch/infrastructure/item/file/FlatFileItemWriter.class")
                != null) {
            all.add(springBatch(heap));
        }
        return all;
    }

    private static Peer springBatch(String heap) {
        return new Peer(
                SPRING_BATCH,
                "\"$JAVA\" \"@$OPTIONS\" -Xmx" + heap + " -cp \"$CLASS_PATH\" " + SpringBatchPeer.class.getName()
                        + " \"$DATABASE\" \"$QUERY\" \"$FILE\"");
    }

    /** @throws IOException naming what to install, when a program is missing */
    static void requirePrograms() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String program : List.of("sqlite3", "zip", "pigz")) {
            if (shell("command -v " + program, List.of()).exit() != 0) {
                missing.add(program);
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException(
                    "Missing: " + String.join(", ", missing) + ". On Debian: apt install sqlite3 zip pigz");
        }
    }

    Measured run(String database, String query, Path folder) throws IOException {
        Path file = folder.resolve("peer.out");
        Files.deleteIfExists(file);
        List<String> environment = List.of(
                "DATABASE=" + database,
                "QUERY=" + query,
                "FILE=" + file,
                "JAVA=" + Path.of(System.getProperty("java.home"), "bin", "java"),
                // Those of Windrow, so that the two differ in what they do alone.
                "OPTIONS=" + Path.of(System.getProperty("windrow.root", "."), "app", "jvm.options"),
                "CLASS_PATH=" + System.getProperty("java.class.path"));
        long began = System.nanoTime();
        Result result = shell("{ " + script + "; } && times", environment);
        double wall = Clock.secondsSince(began);
        if (result.exit() != 0 || result.output().contains(FAILED)) {
            throw new IOException(name + " failed: " + result.output());
        }
        long bytes = Files.size(file);
        Files.delete(file);
        return new Measured(wall, childrensSeconds(result.output()), bytes);
    }

    private record Result(int exit, String output) {}

    private static Result shell(String script, List<String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        environment.forEach(
                variable -> builder.environment().put(variable.split("=", 2)[0], variable.split("=", 2)[1]));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Result(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The last line that {@code times} prints: user and system time of the shell's children. */
    private static double childrensSeconds(String output) {
        String[] lines = output.strip().split("\n");
        Matcher time = TIME.matcher(lines[lines.length - 1]);
        double seconds = 0;
        while (time.find()) {
            seconds += 60 * Long.parseLong(time.group(1)) + Double.parseDouble(time.group(2));
        }
        return seconds;
    }
}
