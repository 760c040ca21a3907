package dev.windrow.app.catalog;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.yaml.CatalogLoader;
import dev.windrow.common.catalog.yaml.InvalidCatalogException;
import dev.windrow.common.catalog.yaml.LoadedCatalog;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import dev.windrow.worker.encode.Encoders;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the catalog that the settings name. */
public final class Catalogs {
    private static final Logger log = LoggerFactory.getLogger(Catalogs.class);

    private Catalogs() {}

    /** Loads, warns, and refuses the start for a catalog with problems. */
    public static Catalog load(
            WindrowSettings settings, SourceConnections connections, CatalogEnvironment environment) {
        Path path = path(settings);
        try {
            LoadedCatalog loaded = read(path, connections, environment);
            tell(loaded);
            return loaded.catalog();
        } catch (InvalidCatalogException e) {
            throw new RefusedStartException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The file or the folder; refuses the start where none is named, since there is nothing to export then. To be asked
     * before anything is made.
     */
    public static Path path(WindrowSettings settings) {
        Path path = settings.catalog();
        if (path == null || path.toString().isBlank()) {
            throw new RefusedStartException("windrow.catalog is not set, and there is nothing to export without one:"
                    + " `windrow init JDBC-URL` drafts catalog.yaml from a database of yours, then name it with"
                    + " WINDROW_CATALOG=catalog.yaml or --windrow.catalog=catalog.yaml; `windrow demo` shows a sample");
        }
        return path;
    }

    /** Writes to the log what an operator should know of it. */
    static void tell(LoadedCatalog loaded) {
        loaded.warnings().forEach(warning -> log.warn("catalog: {}", warning));
        loaded.notes().forEach(note -> log.info("catalog: {}", note));
    }

    /** Reads and checks a catalog against its live sources. */
    public static LoadedCatalog read(Path path, SourceConnections connections, CatalogEnvironment environment)
            throws InvalidCatalogException {
        return new CatalogLoader(
                        new JdbcSourceInspector(connections),
                        environment::get,
                        environment.sources(),
                        Encoders.available())
                .load(path);
    }

    /** Whether it hashes something, which takes a secret. */
    public static boolean hashes(Catalog catalog) {
        return catalog.datasets().stream()
                .flatMap(dataset -> dataset.guard().masks().values().stream())
                .anyMatch(masking -> masking.as() == Column.Mask.HASH);
    }
}
