package dev.windrow.app.signals;

import dev.windrow.app.catalog.CatalogListener;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.State;
import dev.windrow.common.statistics.ExportStatistics;
import dev.windrow.common.statistics.ExportStatistics.Group;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the status table says of exports: of all processes, the same whichever is asked. A scrape does not load the
 * table ({@link RecentAnswer}); while it is away they are NaN. Thread-safe.
 */
public final class TableMeters implements MeterBinder, CatalogListener {
    private final Catalog catalog;
    private final Clock clock;
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
    private final RecentAnswer<Waiting> waiting;
    private final RecentAnswer<Counts> ended;

    public TableMeters(ExportStatistics table, Catalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
        this.waiting = new RecentAnswer<>(
                () -> new Waiting(new Counts(catalog, table.active()), table.oldestDue(clock.instant())));
        this.ended = new RecentAnswer<>(() -> new Counts(catalog, table.ended()));
    }

    /** One that is there already stays as it is; those of a dataset that is gone say 0. */
    @Override
    public void catalogChanged() {
        registries.forEach(this::bindDatasets);
    }

    private void bindDatasets(MeterRegistry registry) {
        for (Dataset dataset : catalog.datasets()) {
            dataset.formats().forEach(format -> bind(registry, dataset.name(), format));
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        bindDatasets(registry);
        for (Format format : Format.values()) {
            bind(registry, DatasetLabel.OTHER, format);
        }
        Gauge.builder("windrow.queue.age.seconds", this, TableMeters::queueAge)
                .description("How long the export has been due that has been due for the longest")
                .baseUnit("seconds")
                .register(registry);
        bytes(registry, "work", () -> {
            Waiting known = waiting.get();
            return known == null ? Double.NaN : known.counts().workBytes;
        });
        bytes(registry, "archives", () -> {
            Counts known = ended.get();
            return known == null ? Double.NaN : known.archiveBytes;
        });
    }

    private void bind(MeterRegistry registry, String dataset, Format format) {
        for (State state : State.values()) {
            Key key = new Key(state, dataset, format.id());
            Gauge.builder("windrow.exports", this, meters -> meters.exports(key))
                    .description("Exports of the status table")
                    .tag("state", state.id())
                    .tag("dataset", dataset)
                    .tag("format", format.id())
                    .register(registry);
        }
    }

    private static void bytes(MeterRegistry registry, String kind, Supplier<Number> value) {
        Gauge.builder("windrow.storage.bytes", value)
                .description("Room that work files and archives take, and that is left on this machine's disk")
                .tag("kind", kind)
                .register(registry);
    }

    private double exports(Key key) {
        Counts known;
        if (key.state().isActive()) {
            Waiting both = waiting.get();
            known = both == null ? null : both.counts();
        } else {
            known = ended.get();
        }
        return known == null ? Double.NaN : known.exports.getOrDefault(key, 0L);
    }

    private double queueAge() {
        Waiting known = waiting.get();
        return known == null
                ? Double.NaN
                : known.oldestDue()
                        .map(due -> Math.max(
                                0, Duration.between(due, clock.instant()).toMillis() / 1000.0))
                        .orElse(0.0);
    }

    /** What archives hold; null while it is not known. */
    @Nullable Long archiveBytes() {
        Counts known = ended.get();
        return known == null ? null : Long.valueOf(known.archiveBytes);
    }

    private record Key(State state, String dataset, String format) {}

    private record Waiting(Counts counts, Optional<Instant> oldestDue) {}

    /** By what metrics tell apart. */
    private static final class Counts {
        private final Map<Key, Long> exports = new HashMap<>();
        private final long workBytes;
        private final long archiveBytes;

        Counts(Catalog catalog, Collection<Group> groups) {
            for (Group group : groups) {
                String dataset = DatasetLabel.of(catalog, group.dataset());
                exports.merge(new Key(group.state(), dataset, group.format()), group.exports(), Long::sum);
            }
            workBytes = bytes(groups, State.QUEUED) + bytes(groups, State.RUNNING);
            archiveBytes = bytes(groups, State.COMPLETED);
        }

        private static long bytes(Collection<Group> groups, State state) {
            return groups.stream()
                    .filter(group -> group.state() == state)
                    .mapToLong(Group::bytes)
                    .sum();
        }
    }
}
