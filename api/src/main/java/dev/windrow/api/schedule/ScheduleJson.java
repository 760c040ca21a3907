package dev.windrow.api.schedule;

import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.schedule.Schedule;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes schedules as callers see them. Blocks for a few short statements each. Safe for use by many threads. */
final class ScheduleJson {
    private final ScheduleTables tables;
    private final Exports exports;
    private final ExportJson states;
    private final JsonAnswers json;
    private final Clock clock;

    ScheduleJson(ScheduleTables tables, Exports exports, ExportJson states, JsonAnswers json, Clock clock) {
        this.tables = tables;
        this.exports = exports;
        this.states = states;
        this.json = json;
        this.clock = clock;
    }

    byte[] write(Object view) {
        return json.write(view);
    }

    ScheduleView view(Schedule schedule) {
        Schedule.Plan plan = schedule.plan();
        Schedule.Times times = schedule.times();
        ScheduleView.LatestView latest = latest(schedule);
        return new ScheduleView(
                new ScheduleView.Said(
                        schedule.identity().name(), plan.cron(), plan.zone(), plan.start(), plan.keep(), plan.paused()),
                schedule.identity().owner(),
                new ScheduleView.Times(times.created(), times.changed(), times.next()),
                last(schedule),
                latest,
                links(schedule, latest));
    }

    private ScheduleView.@Nullable LastView last(Schedule schedule) {
        Schedule.Last last = schedule.last();
        if (last == null) {
            return null;
        }
        String state = export(schedule, last.export())
                .map(export -> states.state(export).id())
                .orElse(null);
        return new ScheduleView.LastView(
                last.due(), last.at(), last.outcome().id(), last.export(), state, error(last.fault()));
    }

    private static ScheduleView.@Nullable ErrorView error(Schedule.@Nullable Fault fault) {
        return fault == null
                ? null
                : new ScheduleView.ErrorView(ProblemType.uri(fault.type()), title(fault.type()), fault.detail());
    }

    private static String title(String type) {
        try {
            return ProblemType.valueOf(type.toUpperCase(Locale.ROOT).replace('-', '_'))
                    .title();
        } catch (IllegalArgumentException e) {
            // One of another version.
            return type;
        }
    }

    private Optional<Export> export(Schedule schedule, @Nullable String id) {
        return Optional.ofNullable(id)
                .flatMap(ExportId::parse)
                .flatMap(parsed -> exports.look(parsed, schedule.identity().owner()));
    }

    private ScheduleView.@Nullable LatestView latest(Schedule schedule) {
        Optional<String> id = tables.runs().latest(schedule.identity().id(), clock.instant());
        return export(schedule, id.orElse(null))
                .map(export -> new ScheduleView.LatestView(
                        export.id().toString(),
                        Optional.ofNullable(export.run().cutoff())
                                .map(Cutoff::asOf)
                                .orElse(null),
                        export.times().finished(),
                        SchedulePaths.latest(schedule)))
                .orElse(null);
    }

    private static Map<String, String> links(Schedule schedule, ScheduleView.@Nullable LatestView latest) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", SchedulePaths.self(schedule));
        if (latest != null) {
            links.put("latest", latest.url());
        }
        return links;
    }
}
