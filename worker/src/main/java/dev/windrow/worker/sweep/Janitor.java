package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportUpkeep;
import dev.windrow.common.export.State;
import dev.windrow.worker.files.WorkFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes files that nothing needs: what dead runs left, what was expired or deleted by a process that died in the
 * middle, what a zombie published. It goes by what the status table says of a file's export, not by age. Files are
 * listed first and the table is asked then: a row is there before its file, and a claim that the table no longer needs
 * it never needs again; so what is found superfluous stays so, however many workers sweep at once. Files of exports and
 * of claims that the table never knew are set aside, not removed: the table is an older one, restored. What can't be
 * swept keeps nothing else from being swept. Belongs to one thread.
 */
public final class Janitor implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Janitor.class);

    private final ExportUpkeep upkeep;
    private final ArtifactStore artifacts;
    private final WorkFiles work;
    private final Quarantine quarantine;
    private final ThrottledLog problems = new ThrottledLog();

    public Janitor(ExportUpkeep upkeep, ArtifactStore artifacts, WorkFiles work, Quarantine quarantine) {
        this.upkeep = upkeep;
        this.artifacts = artifacts;
        this.work = work;
        this.quarantine = quarantine;
    }

    /** Where files of one kind lie, by their names. */
    private interface Place {
        List<String> names() throws IOException;

        /** Empty where files are not local. */
        Optional<Path> file(String name);

        /** Whose file it is, by its name; empty for a stranger's. */
        Optional<Claim> writer(String name);

        boolean isNeeded(String name, Claim writer, Export export);

        void remove(String name) throws IOException;
    }

    /** Clears one folder. */
    private interface Step {
        void take() throws IOException;
    }

    @Override
    public void run() {
        attempt("the work folder", () -> sweepFolder(new WorkFolder()));
        attempt("the store", () -> sweepFolder(new Store()));
        attempt("the quarantine", () -> quarantine.empty(problems));
    }

    /** A border as a sweep's tick is: the folders after this one are to be swept whatever it throws. */
    private void attempt(String what, Step step) {
        try {
            step.take();
        } catch (IOException | RuntimeException e) {
            problems.tell(what, e);
        }
    }

    private void sweepFolder(Place place) throws IOException {
        List<String> names = place.names();
        for (int from = 0; from < names.size(); from += ExportUpkeep.MOST_IDS) {
            sweepBatch(place, names.subList(from, Math.min(names.size(), from + ExportUpkeep.MOST_IDS)));
        }
    }

    private void sweepBatch(Place place, List<String> names) throws IOException {
        Set<ExportId> ids = names.stream()
                .flatMap(name -> place.writer(name).stream())
                .map(Claim::id)
                .collect(Collectors.toSet());
        Map<ExportId, Export> known = known(ids);
        // After the rows: an export that was deleted in between is among these.
        ids.removeAll(known.keySet());
        Set<ExportId> forgotten = upkeep.forgottenAmong(ids);
        for (String name : names) {
            Claim writer = place.writer(name).orElse(null);
            Export export = writer == null ? null : known.get(writer.id());
            boolean isForgotten = writer != null && forgotten.contains(writer.id());
            try {
                sweepFile(place, name, writer, export, isForgotten);
            } catch (IOException | InvalidPathException e) {
                // Not a valid path: a stranger's name may be more than this process's locale can write.
                problems.tell(name, e);
            }
        }
    }

    private void sweepFile(
            Place place, String name, @Nullable Claim writer, @Nullable Export export, boolean isForgotten)
            throws IOException {
        // A claim is in the row before it writes, and no row's claim ever goes down.
        boolean isUnknown = writer == null
                || (export == null
                        ? !isForgotten
                        : writer.number() > export.lastClaim().number());
        if (isUnknown) {
            setAside(place, name);
        } else if (export == null || writer == null || !place.isNeeded(name, writer, export)) {
            place.remove(name);
            log.info("removed {}, which no export needs", name);
        }
    }

    private void setAside(Place place, String name) throws IOException {
        Path file = place.file(name).orElse(null);
        if (file != null && quarantine.take(file)) {
            log.warn(
                    "set {} aside: the status table has never known its export, or not this claim on it",
                    file.getFileName());
        }
    }

    private Map<ExportId, Export> known(Collection<ExportId> ids) {
        Map<ExportId, Export> known = new HashMap<>();
        upkeep.among(ids).forEach(export -> known.put(export.id(), export));
        return known;
    }

    private final class WorkFolder implements Place {
        @Override
        public List<String> names() throws IOException {
            return work.names();
        }

        @Override
        public Optional<Path> file(String name) {
            return Optional.of(work.of(name));
        }

        @Override
        public Optional<Claim> writer(String name) {
            return Claim.ofFileName(
                    name.endsWith(Artifact.BLOCKS)
                            ? name.substring(0, name.length() - Artifact.BLOCKS.length())
                            : name);
        }

        /**
         * The file of the run that there is, of the checkpoint that a run goes on from, and of an archive about to be
         * published.
         */
        @Override
        public boolean isNeeded(String name, Claim writer, Export export) {
            if (!export.state().isActive()) {
                return false;
            }
            boolean running = export.state() == State.RUNNING
                    && writer.number() == export.lastClaim().number();
            Checkpoint checkpoint = export.run().checkpoint();
            Artifact intent = export.run().intent();
            return running
                    || checkpoint != null && checkpoint.claim() == writer.number()
                    || intent != null && intent.writtenAs().equals(writer.fileName());
        }

        @Override
        public void remove(String name) throws IOException {
            Files.deleteIfExists(work.of(name));
        }
    }

    private final class Store implements Place {
        @Override
        public List<String> names() throws IOException {
            return artifacts.keys().stream().filter(Store::isOurs).toList();
        }

        /** What else lies in a folder is for a person to move. */
        private static boolean isOurs(String name) {
            return name.endsWith(Artifact.ZIP_EXTENSION)
                    || name.endsWith(Artifact.BLOCKS)
                    || claimOf(name).isPresent();
        }

        @Override
        public Optional<Claim> writer(String name) {
            return claimOf(name);
        }

        @Override
        public Optional<Path> file(String name) {
            return artifacts.localFile(name);
        }

        /**
         * The artifact of an export that is completed and the list of its blocks, and those that a run is about to
         * complete with.
         */
        @Override
        public boolean isNeeded(String name, Claim writer, Export export) {
            return export.state() == State.COMPLETED && isKey(name, export.artifact())
                    || export.state().isActive() && isKey(name, export.run().intent());
        }

        @Override
        public void remove(String name) throws IOException {
            artifacts.delete(name);
        }
    }

    /** Who published under that key, whatever its extension. */
    private static Optional<Claim> claimOf(String key) {
        int extension = key.lastIndexOf('.');
        return extension < 0 ? Optional.empty() : Claim.ofFileName(key.substring(0, extension));
    }

    private static boolean isKey(String name, @Nullable Artifact artifact) {
        return artifact != null && artifact.keys().contains(name);
    }
}
