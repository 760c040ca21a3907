package dev.windrow.worker.sweep;

import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.Segments;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportUpkeep;
import dev.windrow.worker.files.WorkFiles;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * of claims that the table never knew are set aside, or where that can't be left, not removed: the table is an older
 * one, restored, or another's. What can't be swept keeps nothing else from being swept. Belongs to one thread.
 */
public final class Janitor implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Janitor.class);

    private final ExportUpkeep upkeep;
    private final Quarantine quarantine;
    private final List<Place> places;
    private final ThrottledLog problems = new ThrottledLog();

    /** What nobody knows of the place that is swept now. */
    private final List<String> left = new ArrayList<>();

    private Janitor(ExportUpkeep upkeep, Quarantine quarantine, List<Place> places) {
        this.upkeep = upkeep;
        this.quarantine = quarantine;
        this.places = places;
    }

    /** Of a home that has everything: the work folder, the store and the quarantine. */
    public static Janitor ofHome(ExportUpkeep upkeep, ArtifactStore artifacts, WorkFiles work, Quarantine quarantine) {
        return new Janitor(upkeep, quarantine, List.of(new WorkPlace(work), new StorePlace(artifacts, false)));
    }

    /** Of a home whose archives are kept elsewhere. */
    public static Janitor ofWork(ExportUpkeep upkeep, WorkFiles work, Quarantine quarantine) {
        return new Janitor(upkeep, quarantine, List.of(new WorkPlace(work)));
    }

    /**
     * Of what all workers share: the store, what was begun to be published there, and segments. Each listing costs
     * money there, so once in a while is enough.
     *
     * @param quarantine of this home, since each janitor looks after one
     */
    public static Janitor ofBucket(
            ExportUpkeep upkeep, ArtifactStore artifacts, Segments segments, Quarantine quarantine) {
        return new Janitor(
                upkeep,
                quarantine,
                List.of(new StorePlace(artifacts, true), new UnfinishedPlace(artifacts), new SegmentsPlace(segments)));
    }

    /** Clears one folder. */
    private interface Step {
        void take() throws IOException;
    }

    @Override
    public void run() {
        for (Place place : places) {
            attempt(place.toString(), () -> sweepFolder(place));
        }
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
        left.clear();
        List<String> names = place.names();
        for (int from = 0; from < names.size(); from += ExportUpkeep.MOST_IDS) {
            sweepBatch(place, names.subList(from, Math.min(names.size(), from + ExportUpkeep.MOST_IDS)));
        }
        if (!left.isEmpty()) {
            problems.left(place.toString(), left.size(), left.get(0));
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
        if (place.leavesUnknown()) {
            left.add(name);
        } else if (file != null && quarantine.take(file)) {
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
}
