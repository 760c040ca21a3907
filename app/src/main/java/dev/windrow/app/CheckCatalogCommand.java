package dev.windrow.app;

import dev.windrow.app.catalog.CatalogEnvironment;
import dev.windrow.app.catalog.Catalogs;
import dev.windrow.app.home.Home;
import dev.windrow.common.catalog.yaml.InvalidCatalogException;
import dev.windrow.common.catalog.yaml.LoadedCatalog;
import dev.windrow.common.source.jdbc.connect.Drivers;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a start would say of a catalog. */
@Command(
        name = "check-catalog",
        description = "Says what start-up would say of a catalog, without starting. Exit code 0: it is good.",
        footer = CheckCatalogCommand.FIELDS,
        mixinStandardHelpOptions = true)
final class CheckCatalogCommand implements Callable<Integer> {
    static final String FIELDS = "Every field of a catalog is in docs/catalog.md.";
    static final String REMARKS = "What these lines mean is in docs/reading.md#what-check-catalog-says-of-a-query.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "A YAML file, or a folder of them.")
    private Path file = Path.of("catalog.yaml");

    @Option(
            names = "--drivers",
            paramLabel = "DIR",
            defaultValue = "${env:WINDROW_DRIVERS}",
            description = "The folder of JDBC drivers (WINDROW_DRIVERS, or drivers/ in WINDROW_HOME or windrow-data).")
    private @Nullable Path drivers;

    @Option(names = "--windrow.home", hidden = true, defaultValue = "${env:WINDROW_HOME:-windrow-data}")
    private Path home = Path.of("windrow-data");

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Drivers.load(drivers == null ? new Home(home).drivers() : drivers);
        try (SourceConnections connections = new SourceConnections()) {
            LoadedCatalog loaded = Catalogs.read(file, connections, CatalogEnvironment.OF_THE_PROCESS);
            loaded.warnings().forEach(warning -> out.println("warning: " + warning));
            loaded.notes().forEach(note -> out.println("note: " + note));
            if (!loaded.warnings().isEmpty() || !loaded.notes().isEmpty()) {
                out.println(REMARKS);
            }
            int datasets = loaded.catalog().datasets().size();
            out.println("The catalog is good: " + datasets + (datasets == 1 ? " dataset." : " datasets."));
            return 0;
        } catch (InvalidCatalogException e) {
            spec.commandLine().getErr().println(e.getMessage() + "\n" + FIELDS);
            return 1;
        }
    }
}
