package dev.windrow.api.schedule;

import dev.windrow.common.schedule.Schedule;

/** Where a schedule and what belongs to it are found. */
final class SchedulePaths {
    static final String SCHEDULES = "/api/v1/schedules";

    /** One of them, as a template with the variable {@code name}. */
    static final String SCHEDULE = SCHEDULES + "/{name}";

    /** What is below its newest archive. */
    static final String LATEST = SCHEDULE + "/latest";

    private SchedulePaths() {}

    /** One schedule; its name needs no escapes. */
    static String self(Schedule schedule) {
        return SCHEDULES + "/" + schedule.identity().name();
    }

    /** Its newest archive. */
    static String latest(Schedule schedule) {
        return self(schedule) + "/latest/file";
    }
}
