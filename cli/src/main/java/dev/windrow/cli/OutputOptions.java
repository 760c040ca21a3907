package dev.windrow.cli;

import picocli.CommandLine.Option;

/** For whom a command writes. */
final class OutputOptions {
    @Option(names = "--json", description = "Print the server's answer as JSON, for scripts.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only what was asked for, and errors.")
    private boolean quiet;

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }
}
