package dev.windrow.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The product as it is delivered, for a process of its own: {@code target/windrow.jar}, or what the property
 * {@code windrow.jar} names. It is started as {@code ./windrow} does, with the options in {@code jvm.options} and,
 * where the build has left one of this Java, with the archive of its classes.
 */
public final class WindrowJar {
    private final Path jar;

    /** @param jar in {@code app/target} */
    public WindrowJar(Path jar) {
        this.jar = jar.toAbsolutePath().normalize();
    }

    /** The one that was built for the tests. */
    public static WindrowJar built() {
        return new WindrowJar(Path.of(System.getProperty("windrow.jar", "target/windrow.jar")));
    }

    public Path path() {
        return jar;
    }

    /** The Java that runs the tests, with the options of the launcher, but for the heap and the archive. */
    public List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(jdk("java"));
        command.add("@" + jar.getParent().resolveSibling("jvm.options"));
        return command;
    }

    /** A command that a test waits for. */
    public List<String> command(String heap, String... arguments) {
        return command(heap, List.of(), arguments);
    }

    /** @param options of Java's, beside those of the launcher */
    public List<String> command(String heap, List<String> options, String... arguments) {
        List<String> command = java();
        // No process of a test lives long enough to earn what C2 costs at a start.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xmx" + heap);
        command.addAll(options);
        Path ready = jar.resolveSibling("ready");
        Path archive = ready.resolve("classes-" + System.getProperty("java.vm.version"));
        if (isReady(ready) && Files.exists(archive)) {
            boolean aot = Runtime.version().feature() >= 25;
            command.add((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
            command.addAll(aot ? List.of("-Xlog:cds*=off", "-Xlog:aot*=off") : List.of("-Xlog:cds*=off"));
            command.addAll(List.of("-jar", ready.resolve("windrow.jar").toString()));
        } else {
            command.addAll(List.of("-jar", jar.toString()));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** A tool of the JDK that runs the tests. */
    public static String jdk(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    /** Whether the parts are of this very jar. */
    private boolean isReady(Path ready) {
        Path made = ready.resolve("made");
        Path packed = jar.resolveSibling(jar.getFileName() + ".original");
        try {
            return Files.exists(made)
                    && Files.exists(packed)
                    && Files.getLastModifiedTime(packed).compareTo(Files.getLastModifiedTime(made)) <= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
