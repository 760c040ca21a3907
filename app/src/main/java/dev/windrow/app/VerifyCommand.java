package dev.windrow.app;

import dev.windrow.worker.archive.ArchiveCheck;
import dev.windrow.worker.archive.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a downloaded archive against its manifest. */
@Command(
        name = "verify",
        description = {
            "Reads a downloaded archive and checks every file in it against its manifest.",
            "Names the engine (the deflater and its level) that made it, and tells when this Java has another one: no fault, but "
                    + "an export of the same rows made here may have other bytes.",
            "Exit code 0: all is as the manifest says. 1: something is not. 2: the file can't be read."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    private static final int UNREADABLE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE.zip", description = "An archive that Windrow made.")
    private Path file = Path.of("export.zip");

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            ArchiveCheck.Verdict verdict = ArchiveCheck.of(file);
            if (verdict.faults().isEmpty()) {
                spec.commandLine()
                        .getOut()
                        .println(String.format(
                                Locale.ROOT,
                                "%s is good: files %,d, rows %,d.",
                                file,
                                verdict.files(),
                                verdict.rows()));
                spec.commandLine().getOut().println(madeBy(verdict.engine()));
                return 0;
            }
            verdict.faults().forEach(err::println);
            err.println(file + " is not what its manifest says.");
            return 1;
        } catch (NoSuchFileException e) {
            err.println(file + " can't be read: there is no such file");
            return UNREADABLE;
        } catch (IOException e) {
            err.println(file + " can't be read: " + e.getMessage());
            return UNREADABLE;
        }
    }

    private static String madeBy(@Nullable String engine) {
        if (engine == null) {
            return "Engine: its manifest names none.";
        }
        return Engine.isHere(engine)
                ? "Engine: " + engine + ", as here."
                : "Engine: " + engine + ", another than this Java's: no fault.";
    }
}
