package dev.windrow.common.schedule.jdbc;

/** The SQL of {@link JdbcSchedules} and {@link JdbcScheduleRuns}; the same on both databases. */
final class SchedulesSql {
    private SchedulesSql() {}

    static final String INSERT = """
            insert into schedules (id, owner, name, dataset, cron, zone, start_body, keep, paused, authority, revision,
                created_at, changed_at, next_at)
            values (:id, :owner, :name, :dataset, :cron, :zone, :start, :keep, :paused, :authority, :revision,
                :created, :changed, :next)
            on conflict (owner, name) do nothing
            """;

    static final String FIND = "select * from schedules where owner = :owner and name = :name";

    static final String BY_ID = "select * from schedules where id = :id";

    static final String COUNT = "select count(*) from schedules where owner = :owner";

    static final String OF_ONE =
            "select * from schedules where owner = :owner and name > :afterName order by name limit :limit";

    static final String OF_ALL = """
            select * from schedules where (owner, name) > (:afterOwner, :afterName) order by owner, name limit :limit
            """;

    static final String CHANGE = """
            update schedules
            set dataset = :dataset, cron = :cron, zone = :zone, start_body = :start, keep = :keep, paused = :paused,
                authority = :authority, revision = revision + 1, changed_at = :changed, next_at = :next
            where id = :id and revision = :revision
            """;

    static final String REMOVE = "delete from schedules where id = :id";

    static final String DUE = """
            select * from schedules where next_at is not null and next_at <= :now order by next_at, id limit :limit
            """;

    /** The time that was seen is the fence: whoever comes second finds another. */
    private static final String TURNED = " where id = :id and revision = :revision and next_at = :seen";

    static final String TURN = "update schedules set next_at = :next" + TURNED;

    static final String TURN_AND_TELL = """
            update schedules
            set next_at = :next, last_due = :lastDue, last_at = :lastAt, last_outcome = :lastOutcome,
                last_export = :lastExport, last_type = :lastType, last_detail = :lastDetail
            """ + TURNED;

    static final String ADD_RUN = """
            insert into schedule_runs (schedule, due_at, export, start_digest, until_at, settled, held)
            values (:schedule, :due, :export, :digest, :until, 0, 0)
            on conflict (schedule, due_at) do nothing
            """;

    static final String FIND_RUN = "select * from schedule_runs where schedule = :schedule and due_at = :due";

    /** One that had ended may be run again by its owner; the newest are looked at, since there may be years of them. */
    static final String ACTIVE = """
            select run.export
            from (select * from schedule_runs where schedule = :schedule order by due_at desc limit 100) run
                join exports export on export.id = run.export
            where export.state in ('queued', 'running')
            order by run.due_at desc limit 1
            """;

    /** What was found damaged afterwards has an error, and nobody has its rows. */
    static final String LAST_COMPLETED = """
            select run.* from schedule_runs run join exports export on export.id = run.export
            where run.schedule = :schedule and run.start_digest = :digest and export.state in ('completed', 'expired')
              and export.error_code is null
            order by run.due_at desc limit 1
            """;

    static final String LATEST = """
            select run.export from schedule_runs run join exports export on export.id = run.export
            where run.schedule = :schedule and run.settled = 1 and run.same_as is null and export.state = 'completed'
              and export.expires_at > :now
            order by run.due_at desc limit 1
            """;

    static final String HAS_COMPLETED = """
            select run.export from schedule_runs run join exports export on export.id = run.export
            where run.schedule = :schedule and export.state in ('completed', 'expired')
            limit 1
            """;

    private static final String ENDED_OF = """
            select run.* from schedule_runs run left join exports export on export.id = run.export
            where run.settled = 0 and (export.id is null or export.state not in ('queued', 'running'))
            """;

    static final String ENDED = ENDED_OF + " order by run.due_at, run.schedule limit :limit";

    static final String ENDED_OF_ONE =
            ENDED_OF + " and run.schedule = :schedule order by run.due_at, run.schedule limit :limit";

    static final String SETTLE = "update schedule_runs set settled = 1 where export = :export and settled = 0";

    static final String HOLD = """
            update schedule_runs
            set held = 1, usual_expiry = (select expires_at from exports where id = :export)
            where export = :export and held = 0
            """;

    static final String EXPIRE_LATER = """
            update exports set expires_at = :until where id = :export and state = 'completed' and expires_at < :until
            """;

    static final String EXPIRE_EARLIER = """
            update exports set expires_at = :expiry where id = :export and state = 'completed' and expires_at > :expiry
            """;

    static final String HELD = """
            select * from schedule_runs where schedule = :schedule and held = 1 order by due_at desc
            """;

    static final String LET_GO = "update schedule_runs set held = 0 where export = :export and held = 1";

    static final String SAME_AS = "update schedule_runs set same_as = :same where export = :export";

    static final String FORGET_ALL = "delete from schedule_runs where schedule = :id";

    static final String FORGET_RUNS = """
            delete from schedule_runs
            where settled = 1 and not exists (select 1 from exports where exports.id = schedule_runs.export)
            """;
}
