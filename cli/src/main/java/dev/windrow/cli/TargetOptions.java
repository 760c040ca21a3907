package dev.windrow.cli;

import dev.windrow.cli.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where an archive goes. */
final class TargetOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the archive goes (the name that the server gives it, in this folder); - is standard"
                    + " output. The same command again takes up what was interrupted, but for -.")
    private @Nullable Path output;

    @Option(
            names = "--entry",
            paramLabel = "NAME",
            description = "Brings this file of the archive, as it is in it, in place of the archive. Without it, an -o"
                    + " whose ending is not .zip gets the file of an archive that has one.")
    private @Nullable String entry;

    @Option(
            names = "--base",
            paramLabel = "OLD.zip",
            description = "An earlier archive: what it has of this one is taken from there, and only the rest is"
                    + " fetched. It may be the -o, with --force.")
    private @Nullable Path base;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Option(
            names = "--no-progress",
            description = "Show no progress, but what else there is to say; for the logs of jobs.")
    private boolean noProgress;

    boolean showsProgress() {
        return !noProgress;
    }

    /** Where it goes by name; null for the server's name in this folder. */
    @Nullable Path file() {
        return output;
    }

    /** The file of the archive that is wanted; null where none was named. */
    @Nullable String entry() {
        return entry;
    }

    /** An earlier archive to take from what it has of this one; null where none was named. */
    @Nullable Path base() {
        return base;
    }

    /** Whether what it is called by is no archive. */
    boolean isNamedAsAFile() {
        if (output == null || isStandardOutput() || output.getFileName() == null) {
            return false;
        }
        String name = output.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 && dot < name.length() - 1 && !name.substring(dot).equalsIgnoreCase(".zip");
    }

    boolean replaces() {
        return force;
    }

    boolean isStandardOutput() {
        return output != null && output.toString().equals("-");
    }

    /** Not System.out, which keeps to itself that nobody reads on. */
    OutputStream standardOutput() {
        return new FileOutputStream(FileDescriptor.out);
    }

    /** Before anything is started: an export that has nowhere to go is not worth a wait. */
    void check(CommandSpec spec) {
        checkBase(spec);
        if (output == null) {
            return;
        }
        if (isStandardOutput()) {
            if (Terminal.isOutput()) {
                throw usage(spec, "-o - writes a ZIP archive to standard output, which is a terminal; redirect it");
            }
            return;
        }
        if (Files.isDirectory(output)) {
            throw usage(spec, "-o must be a file, not a folder: " + output);
        }
        if (!force && Files.exists(output)) {
            throw usage(spec, output + " is there already; --force replaces it");
        }
        Path parent = output.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw usage(spec, "-o must be in a folder that is there: " + output);
        }
    }

    private void checkBase(CommandSpec spec) {
        if (base == null) {
            return;
        }
        if (entry != null) {
            throw usage(spec, "--base is for the whole archive, --entry brings a file of it: leave one of them out");
        }
        if (isNamedAsAFile()) {
            throw usage(spec, "--base is for the whole archive: give -o a name that ends with .zip, not " + output);
        }
        if (!Files.exists(base)) {
            throw usage(spec, "--base must be an archive that is here: " + base);
        }
        if (!Files.isRegularFile(base) || !Files.isReadable(base)) {
            throw usage(spec, "--base must be a file that can be read: " + base);
        }
    }

    private static ParameterException usage(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
