package dev.windrow.app.signals;

import dev.windrow.common.artifact.Storage;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.export.State;
import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.statistics.ExportStatistics;
import dev.windrow.common.statistics.ExportStatistics.Group;
import dev.windrow.common.statistics.ExportStatistics.Running;
import dev.windrow.common.statistics.Operations;
import dev.windrow.common.statistics.Workers;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts together what the status table, the queue and this process know ({@link RecentAnswer}). Thread-safe. */
public final class OperatorView implements Operations {
    /** More runs than an operator reads; the rest is counted. */
    private static final int MOST_RUNS = 500;
    /** Longer than the slowest beat and as much as clocks of machines may differ. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    /** All of it is found by indexes, and whoever looks wants to see what is, not what was. */
    private static final long SHARE = 5;

    private final TableMeters meters;
    private final Storage storage;
    private final SourceStandings sources;
    private final Clock clock;
    private final RecentAnswer<Work> work;

    /**
     * @param sources what is known of them
     * @param clock by which leases are judged
     */
    public OperatorView(
            Table table, TableMeters meters, Storage storage, Catalog catalog, SourceLog sources, Clock clock) {
        this.meters = meters;
        this.storage = storage;
        this.sources = new SourceStandings(table.exports(), catalog, sources, clock);
        this.clock = clock;
        this.work = new RecentAnswer<>(
                () -> new Work(
                        table.workers().seen(),
                        table.exports().running(MOST_RUNS),
                        table.exports().active(),
                        table.exports().oldestDue(clock.instant()),
                        table.deliveries().counts()),
                SHARE);
    }

    /** What is asked for all processes. */
    public record Table(ExportStatistics exports, Workers workers, Deliveries deliveries) {}

    private record Work(
            List<Workers.Seen> workers,
            List<Running> runs,
            List<Group> active,
            Optional<Instant> oldestDue,
            Deliveries.Counts outbox) {
        long exports(State state) {
            return active.stream()
                    .filter(group -> group.state() == state)
                    .mapToLong(Group::exports)
                    .sum();
        }

        long bytes() {
            return active.stream().mapToLong(Group::bytes).sum();
        }
    }

    @Override
    public Optional<Overview> overview() {
        return Optional.ofNullable(work.get())
                .map(known -> new Overview(
                        new Queue(
                                known.exports(State.QUEUED),
                                known.exports(State.RUNNING),
                                known.oldestDue().orElse(null)),
                        workers(known),
                        new Stored(known.bytes(), meters.archiveBytes()),
                        left(),
                        sources.all(),
                        new Outbox(
                                known.outbox().waiting(),
                                known.outbox().oldestDue(),
                                known.outbox().givenUp())));
    }

    /** Those of whom nothing is known but their claims come last: they are lost, or the queue has forgotten them. */
    private List<Worker> workers(Work known) {
        Instant now = clock.instant();
        Map<String, List<Running>> runs = known.runs().stream().collect(Collectors.groupingBy(Running::worker));
        List<Worker> workers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        known.workers().stream()
                .sorted(Comparator.comparing(Workers.Seen::name)
                        .thenComparing(Workers.Seen::heard, Comparator.reverseOrder()))
                .filter(each -> seen.add(each.name()))
                .forEach(each -> workers.add(new Worker(
                        each.name(),
                        each.heard().isAfter(now.minus(SILENCE)),
                        each.concurrency(),
                        each.since(),
                        each.heard(),
                        runs.getOrDefault(each.name(), List.of()))));
        runs.keySet().stream().filter(name -> !seen.contains(name)).sorted().forEach(name -> {
            List<Running> own = runs.getOrDefault(name, List.of());
            boolean held = own.stream().anyMatch(run -> run.leaseUntil().isAfter(now));
            workers.add(new Worker(name, held, null, null, null, own));
        });
        return workers;
    }

    private @Nullable Long left() {
        try {
            return storage.left();
        } catch (IOException e) {
            return null;
        }
    }
}
