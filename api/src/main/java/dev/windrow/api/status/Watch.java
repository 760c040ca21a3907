package dev.windrow.api.status;

import dev.windrow.api.resource.ExportJson;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.State;
import dev.windrow.common.thread.DaemonThreads;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at exports for those who want to know when they change. However many watch, one thread looks for them all, each
 * export once a turn, and rests for a tenth of a second between turns. What it sees is the status table, so it does not
 * matter which process works. When the service stops, everybody is shown a last time: nothing that waits may hold up a
 * shutdown, so this stops before the web server does.
 */
final class Watch implements SmartLifecycle {
    static final long REST_MILLIS = 100;

    private final Exports exports;
    private final ExportJson json;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    /** What was seen in the last turn and did not wait: nobody need ask for its place. Belongs to the turn. */
    private final Set<ExportId> moving = new HashSet<>();

    private volatile @Nullable ScheduledExecutorService thread;

    Watch(Exports exports, ExportJson json) {
        this.exports = exports;
        this.json = json;
    }

    /** What somebody watches. */
    record Watched(ExportId id, String owner, String caller) {}

    /** Somebody who watches. Called by one thread, and by the one that stops the service; must not block. */
    interface Watcher {
        Watched watched();

        /**
         * Shows the export, in every turn.
         *
         * @param now empty when there is no such export
         * @param last the service stops, and nothing more will be shown
         */
        void see(Optional<Snapshot> now, boolean last);

        /** Says that nobody can tell how the export is. */
        void fail(RuntimeException e, boolean last);
    }

    /** Shows the export to the watcher from the next turn on, until it is removed. */
    void add(Watcher watcher) {
        watchers.add(watcher);
        if (!isRunning()) {
            turn();
        }
    }

    void remove(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** Looks once at everything that is watched. */
    private synchronized void turn() {
        Map<Watched, List<Watcher>> byExport = watchers.stream().collect(Collectors.groupingBy(Watcher::watched));
        Map<ExportId, Integer> positions = positions(byExport.keySet());
        moving.clear();
        ExportsUnavailableException away = null;
        for (Map.Entry<Watched, List<Watcher>> watched : byExport.entrySet()) {
            if (away == null) {
                away = look(watched.getKey(), watched.getValue(), positions);
            } else {
                // Each would wait for the table by itself, and the last of many for very long.
                fail(watched.getValue(), away);
            }
        }
    }

    /**
     * The places of all that may wait, by one query for all; none where it fails, and then each is asked for, and told,
     * by itself.
     */
    private Map<ExportId, Integer> positions(Set<Watched> all) {
        Set<ExportId> ids =
                all.stream().map(Watched::id).filter(id -> !moving.contains(id)).collect(Collectors.toSet());
        try {
            return ids.isEmpty() ? Map.of() : exports.queuePositions(ids);
        } catch (ExportsUnavailableException e) {
            return Map.of();
        }
    }

    /**
     * A border: whatever goes wrong is told to those who watch, and the thread goes on for the others.
     *
     * @return that the table is away; null where it is not
     */
    private @Nullable ExportsUnavailableException look(
            Watched watched, List<Watcher> watching, Map<ExportId, Integer> positions) {
        boolean last = !isRunning();
        try {
            Optional<Export> export = exports.look(watched.id(), watched.owner());
            if (export.isPresent() && export.get().state() != State.QUEUED) {
                moving.add(watched.id());
            }
            Optional<Snapshot> now = export.map(found -> new Snapshot(found, positions, json));
            watching.forEach(watcher -> watcher.see(now, last));
        } catch (ExportsUnavailableException e) {
            fail(watching, e);
            return e;
        } catch (RuntimeException e) {
            fail(watching, e);
        }
        return null;
    }

    private void fail(List<Watcher> watching, RuntimeException e) {
        boolean last = !isRunning();
        watching.forEach(watcher -> watcher.fail(e, last));
    }

    @Override
    public void start() {
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(new DaemonThreads("export-watch"));
        var unused = started.scheduleWithFixedDelay(this::turn, REST_MILLIS, REST_MILLIS, TimeUnit.MILLISECONDS);
        thread = started;
    }

    @Override
    public void stop() {
        ScheduledExecutorService stopped = thread;
        thread = null;
        if (stopped != null) {
            stopped.shutdown();
        }
        turn();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Stops first of all, see above. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
