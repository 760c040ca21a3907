package dev.windrow.app.signals;

import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.statistics.ExportStatistics;
import dev.windrow.common.statistics.ExportStatistics.SourceError;
import dev.windrow.common.statistics.Operations.SourceStanding;
import dev.windrow.common.statistics.Operations.SourceTrouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How each source of the catalog has answered lately: what exports tell of it, whichever process made them, and what it
 * has told this process. Thread-safe.
 */
final class SourceStandings {
    private static final Duration LATELY = Duration.ofDays(7);

    private final Catalog catalog;
    private final SourceLog log;
    private final RecentAnswer<Told> told;

    SourceStandings(ExportStatistics table, Catalog catalog, SourceLog log, Clock clock) {
        this.catalog = catalog;
        this.log = log;
        this.told = new RecentAnswer<>(() -> {
            Instant since = clock.instant().minus(LATELY);
            return new Told(
                    table.sourceErrors(since).stream().collect(Collectors.toMap(SourceError::dataset, error -> error)),
                    table.completed(since));
        });
    }

    private record Told(Map<String, SourceError> errors, Map<String, Instant> completed) {}

    List<SourceStanding> all() {
        Told known = told.get();
        Told exports = known == null ? new Told(Map.of(), Map.of()) : known;
        return datasets().entrySet().stream()
                .map(entry -> standing(entry.getKey(), entry.getValue(), exports))
                .toList();
    }

    private Map<String, List<String>> datasets() {
        return catalog.datasets().stream()
                .collect(Collectors.groupingBy(
                        dataset -> dataset.source().name(),
                        TreeMap::new,
                        Collectors.mapping(Dataset::name, Collectors.toList())));
    }

    private SourceStanding standing(String source, List<String> names, Told exports) {
        Instant completed = names.stream()
                .map(exports.completed()::get)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        SourceTrouble last = Stream.concat(
                        Stream.ofNullable(log.trouble(source)),
                        names.stream()
                                .map(exports.errors()::get)
                                .filter(Objects::nonNull)
                                .map(SourceStandings::trouble))
                .max(Comparator.comparing(SourceTrouble::at))
                .orElse(null);
        return new SourceStanding(source, names, log.answered(source, completed), last);
    }

    private static SourceTrouble trouble(@Nullable SourceError error) {
        SourceError found = Objects.requireNonNull(error);
        return new SourceTrouble(found.at(), found.type(), found.detail(), found.export());
    }
}
