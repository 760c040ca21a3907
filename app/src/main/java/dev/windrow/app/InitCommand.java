package dev.windrow.app;

import dev.windrow.app.catalog.DraftFile;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.yaml.InvalidCatalogException;
import dev.windrow.common.catalog.yaml.LoadedCatalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Drafts a catalog from a live database. */
@Command(
        name = "init",
        description = "Drafts a catalog from a live database: a dataset for each table and view that has a key.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "For example:",
            "  windrow init jdbc:sqlite:shop.db",
            "  SHOP_PASSWORD=… windrow init 'jdbc:postgresql://db.example/shop?user=reader'",
            "",
            "The catalog takes a password from the environment, and so does this command: from SHOP_PASSWORD for a"
                    + " database shop. The database is only read.",
            CheckCatalogCommand.FIELDS
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the catalog is written, and a start would take it",
            "1:the database can't be read, or the file not written",
            "2:the command is not as it should be"
        })
final class InitCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "JDBC-URL",
            description = "jdbc:sqlite:FILE, jdbc:postgresql://HOST/DATABASE, or one with a driver in drivers/.")
    private String url = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "catalog.yaml",
            description = "The file to write (${DEFAULT-VALUE}); - is standard output.")
    private Path output = Path.of("catalog.yaml");

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        boolean toFile = !output.toString().equals(STANDARD_OUTPUT);
        Path folder = Objects.requireNonNullElse(output.toAbsolutePath().getParent(), Path.of("/"));
        try {
            // Asked before the database is: hundreds of tables take their time.
            if (toFile && !force && Files.exists(output)) {
                throw new FileAlreadyExistsException(output.toString());
            }
            DraftFile drafted = DraftFile.of(url, folder);
            if (!toFile) {
                spec.commandLine().getOut().print(drafted.draft().text());
                spec.commandLine().getOut().flush();
                tellOmitted(drafted, err);
                return 0;
            }
            drafted.write(output, force);
            return tell(drafted, spec.commandLine().getOut());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (InspectionException e) {
            err.println("windrow: " + e.getMessage());
        } catch (InvalidCatalogException e) {
            err.println(output + " is written, and a start would not take it as it is:\n" + e.getMessage());
        } catch (FileAlreadyExistsException e) {
            err.println("windrow: " + output + " is there already; --force replaces it, -o names another file");
        } catch (IOException e) {
            err.println("windrow: cannot write " + output + " (" + e.getClass().getSimpleName()
                    + "); check the folder and its permissions");
        }
        return 1;
    }

    private int tell(DraftFile drafted, PrintWriter out) throws InvalidCatalogException {
        LoadedCatalog checked = drafted.check(output);
        int datasets = checked.catalog().datasets().size();
        out.println("Wrote " + output + ": " + datasets + (datasets == 1 ? " dataset" : " datasets") + " of "
                + drafted.source().name() + ". A start would take it.");
        tellOmitted(drafted, out);
        int warnings = checked.warnings().size();
        if (warnings > 0) {
            out.println("`windrow check-catalog " + output + "` has " + warnings
                    + (warnings == 1 ? " warning." : " warnings."));
        }
        if (!drafted.source().secrets().isEmpty()) {
            out.println("The catalog has no password: set "
                    + String.join(" and ", drafted.source().secrets().keySet())
                    + " for the server. What stands on a command line others can read; this command takes it from"
                    + " there too.");
        }
        out.println("Serve it: WINDROW_CATALOG=" + inShell(output.toString()) + " windrow serve");
        return 0;
    }

    /** As one word of a shell. */
    private static String inShell(String word) {
        boolean plain = word.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/._-".indexOf(c) >= 0);
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static void tellOmitted(DraftFile drafted, PrintWriter to) {
        if (!drafted.omitted().isEmpty()) {
            to.println("Not drafted:");
            drafted.omitted().forEach(to::println);
        }
        to.flush();
    }
}
