package dev.windrow.app.catalog;

import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.yaml.InvalidCatalogException;
import dev.windrow.common.catalog.yaml.LoadedCatalog;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalog as its files are. What was written to them is taken when it was read twice, so that no half of a
 * file that is being written is; and as a whole or not at all: while it is refused, the catalog is the one that it was.
 * Runs have their datasets already, and keep them. One thread looks; the standing may be asked by many.
 */
final class CatalogUpdates {
    private static final Logger log = LoggerFactory.getLogger(CatalogUpdates.class);
    /** What was refused may be right by now: a source may have been away. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private static final CatalogContent NOT_READ = new CatalogContent("");

    private final Catalog catalog;
    private final Path path;
    private final Parts parts;
    private final Clock clock;

    private CatalogContent taken;
    private CatalogContent seen;
    private Instant triedAt = Instant.MIN;
    private volatile Standing standing;

    /**
     * What reading a catalog takes.
     *
     * @param rows tells whether this process can hash
     * @param listeners are told after a change
     */
    record Parts(
            SourceConnections connections,
            CatalogEnvironment environment,
            RowSource rows,
            List<CatalogListener> listeners) {
        Parts {
            listeners = List.copyOf(listeners);
        }
    }

    /**
     * How it stands.
     *
     * @param readAt when the catalog that goes on was read
     * @param problems why what is in the files is not taken; empty where it is the catalog that goes on
     */
    record Standing(Instant readAt, List<String> problems) {
        Standing {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Of a catalog that was just read.
     *
     * @param catalog is changed
     * @param content that it was read from
     */
    CatalogUpdates(Catalog catalog, Path path, CatalogContent content, Parts parts, Clock clock) {
        this.catalog = catalog;
        this.path = path;
        this.taken = content;
        this.seen = content;
        this.parts = parts;
        this.clock = clock;
        this.standing = new Standing(clock.instant(), List.of());
    }

    Standing standing() {
        return standing;
    }

    /** Takes what has changed since; to be called every second or two. Blocks for as long as sources take to answer. */
    void look() {
        CatalogContent now;
        try {
            now = CatalogContent.of(path);
        } catch (IOException e) {
            refuse(List.of(path + ": can't be read (" + e.getClass().getSimpleName()
                    + "); check the path and its permissions"));
            seen = NOT_READ;
            return;
        }
        boolean settled = now.equals(seen);
        if (!settled) {
            triedAt = Instant.MIN;
        }
        seen = now;
        if (!settled) {
            return;
        }
        if (now.equals(taken)) {
            takeBack();
        } else if (clock.instant().isAfter(later(triedAt))) {
            triedAt = clock.instant();
            take(now);
        }
    }

    private static Instant later(Instant tried) {
        return tried.equals(Instant.MIN) ? tried : tried.plus(AGAIN);
    }

    /** The files are as they were when the catalog was read. */
    private void takeBack() {
        if (!standing.problems().isEmpty()) {
            standing = new Standing(standing.readAt(), List.of());
            log.info("The catalog's files are again as the catalog that went on");
        }
    }

    private void take(CatalogContent content) {
        LoadedCatalog loaded;
        try {
            loaded = Catalogs.read(path, parts.connections(), parts.environment());
        } catch (InvalidCatalogException e) {
            refuse(e.problems());
            return;
        }
        if (parts.rows().maskedBy().isEmpty() && Catalogs.hashes(loaded.catalog())) {
            refuse(List.of("a column is hashed now, and none was when this process started: start it anew, so that it"
                    + " has the secret for it"));
            return;
        }
        Set<Source> before = sources();
        Set<String> names = names(catalog);
        catalog.replaceBy(loaded.catalog());
        taken = content;
        standing = new Standing(clock.instant(), List.of());
        before.removeAll(sources());
        before.forEach(parts.connections()::forget);
        tell(loaded, names);
        parts.listeners().forEach(CatalogListener::catalogChanged);
    }

    private Set<Source> sources() {
        return catalog.datasets().stream().map(Dataset::source).collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> names(Catalog catalog) {
        return catalog.datasets().stream().map(Dataset::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private void tell(LoadedCatalog loaded, Set<String> before) {
        Catalogs.tell(loaded);
        Set<String> added = names(catalog);
        int datasets = added.size();
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(added);
        added.removeAll(before);
        log.info(
                "The catalog was read again, and has {} datasets now; new: {}; gone: {}",
                datasets,
                added.isEmpty() ? "none" : String.join(", ", added),
                gone.isEmpty() ? "none" : String.join(", ", gone));
    }

    private void refuse(List<String> problems) {
        if (!problems.equals(standing.problems())) {
            standing = new Standing(standing.readAt(), problems);
            log.warn(
                    "The catalog's files can't be taken, and the catalog that was read before goes on: {}",
                    String.join("; ", problems));
        }
    }
}
