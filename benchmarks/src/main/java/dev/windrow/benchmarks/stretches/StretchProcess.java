package dev.windrow.benchmarks.stretches;

import dev.windrow.common.source.SourceException;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.worker.archive.DeflatePool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that makes one stretch, and may be killed while it does. */
public final class StretchProcess {
    private static final long MOST_SECONDS = 60;

    private StretchProcess() {}

    /** @param arguments URL, name of the input, where it begins or nothing, its bound, the file */
    public static void main(String[] arguments) throws IOException, SourceException {
        Input input = Facts.files(arguments[0]).stream()
                .filter(each -> each.name().equals(arguments[1]))
                .findFirst()
                .orElseThrow();
        String after = arguments[2].isEmpty() ? null : arguments[2];
        try (DeflatePool pool = new DeflatePool(1);
                SourceConnections connections = new SourceConnections()) {
            var unused = new StretchedFile(input, pool)
                    .stretch(connections, new Stretch(after, arguments[3], false), Path.of(arguments[4]));
        }
    }

    /**
     * Begins a stretch in a process of its own, and kills it when it has written something.
     *
     * @return how many bytes it leaves behind
     */
    public static long begunAndKilled(Input input, Stretch stretch, Path file)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String after = stretch.after() == null ? "" : stretch.after();
        Process process = new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StretchProcess.class.getName(),
                        input.selection().source().url(),
                        input.name(),
                        after,
                        stretch.bound(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(new File(file + ".log"))
                .start();
        try {
            long began = System.nanoTime();
            while (process.isAlive() && size(file) == 0) {
                if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
                    throw new IOException("the stretch writes nothing: " + Files.readString(Path.of(file + ".log")));
                }
                var unused = process.waitFor(1, TimeUnit.MILLISECONDS);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return size(file);
    }

    /** Bytes behind the room for a header. */
    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Math.max(0, Files.size(file) - 100) : 0;
    }
}
