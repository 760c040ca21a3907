package dev.windrow.app;

import dev.windrow.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.opentest4j.TestAbortedException;

/** A copy of a folder of scripts with the npm packages that its lock names. */
record NpmFolder(Path path) {
    /**
     * Aborts the test aloud where npm gets no packages: a machine that reaches no registry can't be told from one whose
     * registry has lost some.
     *
     * @param sources a folder with package.json and package-lock.json
     * @param folder need not be there
     */
    static NpmFolder installed(Path sources, Path folder) throws IOException {
        Machine.requireProgram("what is made with npm packages", "npm", "npm");
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(sources.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        NpmFolder installed = new NpmFolder(folder);
        ProcessRun run = installed.npm("ci");
        if (run.exit() != 0) {
            System.err.println("\n******** NOT TESTED: what is made with npm packages. " + run.err() + "\n");
            throw new TestAbortedException("npm ci: " + run.err());
        }
        return installed;
    }

    /** No package's own script is run, and no server is asked for more than packages. */
    ProcessRun npm(String... arguments) {
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"));
        return ProcessRun.of(path, command);
    }

    ProcessRun node(String... arguments) {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return ProcessRun.of(path, command);
    }

    static void assertEnds(ProcessRun run) {
        Assertions.assertThat(run.exit()).as(run.all()).isZero();
    }
}
