package dev.windrow.api.schedule;

import dev.windrow.api.access.AbsentCallers;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.archive.Archives;
import dev.windrow.api.archive.Delivery;
import dev.windrow.api.archive.EntryDelivery;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.launch.Launches;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.export.Exports;
import dev.windrow.common.schedule.ScheduleRuns;
import dev.windrow.common.schedule.Schedules;
import dev.windrow.common.transaction.Transactions;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Schedules. The composition root provides their tables, {@link AbsentCallers} and {@link ScheduleSettings}. */
@Configuration(proxyBeanMethods = false)
public final class ScheduleConfiguration {
    @Bean
    ScheduleTables scheduleTables(Schedules schedules, ScheduleRuns runs) {
        return new ScheduleTables(schedules, runs);
    }

    @Bean
    Bodies scheduleBodies(Datasets datasets, Launches launches) {
        return new Bodies(datasets, launches);
    }

    @Bean
    Firing scheduleFiring(
            ScheduleTables tables,
            Bodies bodies,
            Launches launches,
            Exports exports,
            AbsentCallers absent,
            Transactions transactions,
            Clock clock) {
        return new Firing(tables, bodies, launches, exports, absent, transactions, clock);
    }

    @Bean
    Settling scheduleSettling(
            ScheduleTables tables,
            Exports exports,
            Archives archives,
            Delivery delivery,
            Transactions transactions,
            ScheduleSettings settings,
            Clock clock) {
        return new Settling(tables, exports, archives, delivery, transactions, settings.longest(), clock);
    }

    @Bean
    Rounds scheduleRounds(
            ScheduleTables tables,
            Firing firing,
            Settling settling,
            Transactions transactions,
            ScheduleSettings settings,
            Clock clock) {
        return new Rounds(tables, firing, settling, transactions, settings.look(), clock);
    }

    @Bean
    OwnSchedules ownSchedules(Schedules schedules) {
        return new OwnSchedules(schedules);
    }

    @Bean
    SavedSchedules savedSchedules(Schedules schedules, Bodies bodies, Trail trail, Clock clock) {
        return new SavedSchedules(schedules, bodies, trail, clock);
    }

    @Bean
    ScheduleJson scheduleJson(
            ScheduleTables tables, Exports exports, ExportJson states, JsonAnswers json, Clock clock) {
        return new ScheduleJson(tables, exports, states, json, clock);
    }

    @Bean
    ScheduleController scheduleController(
            Schedules schedules, OwnSchedules own, SavedSchedules saved, ScheduleJson json) {
        return new ScheduleController(schedules, own, saved, json);
    }

    @Bean
    LatestController latestController(
            OwnSchedules own,
            ScheduleTables tables,
            Settling settling,
            Archives archives,
            Delivery delivery,
            EntryDelivery entries,
            Clock clock) {
        Latest latest = new Latest(tables, settling, archives, clock);
        return new LatestController(own, latest, delivery, entries);
    }
}
