package dev.windrow.app.wiring;

import dev.windrow.app.home.Home;
import dev.windrow.app.home.HomePermissions;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.artifact.disk.PrivateFolder;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.yaml.CatalogLoader;
import dev.windrow.common.catalog.yaml.InvalidCatalogException;
import dev.windrow.common.catalog.yaml.LoadedCatalog;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import dev.windrow.examples.Example;
import dev.windrow.worker.encode.Encoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the catalog that the settings name, or the demo's. */
public final class Catalogs {
    private static final Logger log = LoggerFactory.getLogger(Catalogs.class);
    /** Rows of the demo's load sensor where nobody asked for another number. */
    static final long DEMO_ROWS = 1_000_000;

    private Catalogs() {}

    /** Loads, warns, and refuses the start for a catalog with problems. */
    static Catalog load(WindrowSettings settings, Home home, SourceConnections connections) {
        Path path = settings.catalog();
        try {
            LoadedCatalog loaded = read(path == null ? demo(home) : path, connections);
            loaded.warnings().forEach(warning -> log.warn("catalog: {}", warning));
            loaded.notes().forEach(note -> log.info("catalog: {}", note));
            return loaded.catalog();
        } catch (InvalidCatalogException e) {
            throw new RefusedStartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads and checks a catalog against its live sources. */
    public static LoadedCatalog read(Path path, SourceConnections connections) throws InvalidCatalogException {
        return new CatalogLoader(new JdbcSourceInspector(connections), System::getenv, Encoders.available()).load(path);
    }

    private static Path demo(Home home) {
        Path catalog = home.demo().resolve("catalog.yaml");
        if (!Files.exists(catalog)) {
            log.info("No windrow.catalog is set: making the demo's sample database in {}", home.demo());
            try {
                PrivateFolder.create(home.demo());
                Example.SENSORS.create(home.demo(), DEMO_ROWS, made -> {});
                HomePermissions.settle(home);
            } catch (IOException e) {
                throw new RefusedStartException("The demo's sample database can't be made: " + e.getMessage(), e);
            }
        }
        return catalog;
    }
}
