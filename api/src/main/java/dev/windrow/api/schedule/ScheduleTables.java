package dev.windrow.api.schedule;

import dev.windrow.common.schedule.ScheduleRuns;
import dev.windrow.common.schedule.Schedules;

/** What is kept of schedules. */
record ScheduleTables(Schedules schedules, ScheduleRuns runs) {}
