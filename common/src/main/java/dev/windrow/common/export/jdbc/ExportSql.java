package dev.windrow.common.export.jdbc;

/**
 * All SQL on the table {@code exports}. It is the same for both databases. Every change names the id, the state that it
 * leaves and, if a run makes it, the claim; states are literals, so that the partial indexes apply.
 */
final class ExportSql {
    private ExportSql() {}

    static final String INSERT = """
            insert into exports (id, owner, granted, dataset, format, parameters, column_names, options, file_name, state, claim,
                attempt, losses, failures, created_at, phase, rows_written, bytes_written, rows_per_second, traceparent)
            values (:id, :owner, :granted, :dataset, :format, :parameters, :columns, :options, :fileName, 'queued', 0,
                1, 0, 0, :createdAt, 'waiting', 0, 0, 0, :traceparent)
            on conflict (id) do nothing
            """;

    static final String BY_ID = "select * from exports where id = :id";

    static final String OWNER = "select owner from exports where id = :id";

    static final String FIND = "select * from exports where id = :id and owner = :owner";

    /**
     * All that callers are shown: not what a run keeps for its successor, which is long where there are many entries.
     */
    static final String SHOWN = """
            id, owner, dataset, format, parameters, column_names, options, file_name, state, claim, attempt, losses, failures,
            cutoff, created_at, started_at, claimed_at, finished_at, expires_at, not_before, lease_until, phase, rows_written,
            rows_total, percent, bytes_written, rows_per_second, last_row_at, resumed_from_row,
            cast(null as text) as cutoff_keys, cast(null as text) as checkpoint, cast(null as text) as intent, cast(null as text) as replica, artifact, warnings, error_code, error_detail,
            link_epoch, granted, store, traceparent, run_traceparent
            """;

    static final String LOOK = "select " + SHOWN + " from exports where id = :id and owner = :owner";

    static final String DUE = """
            select id from exports
            where state = 'queued' and coalesce(not_before, 0) <= :now
            order by id
            limit :limit
            """;

    /** Names the claim before, so that of all who saw the same candidate one wins. */
    static final String CLAIM = """
            update exports
            set state = 'running', claim = claim + 1, claimed_at = :now, started_at = coalesce(started_at, :now),
                lease_owner = :worker, lease_until = :leaseUntil, not_before = null, phase = 'rows', last_row_at = null,
                error_code = null, error_detail = null
            where id = :id and state = 'queued' and claim = :claim and coalesce(not_before, 0) <= :now
            returning *
            """;

    private static final String HELD = " where id = :id and state = 'running' and claim = :claim";

    /**
     * Nothing depends on one before the first checkpoint; each snapshot has its own. A checkpoint by other keys is of
     * no use beside the new one.
     */
    static final String FIX_CUTOFF = """
            update exports
            set cutoff = :cutoff, cutoff_keys = :cutoffKeys, checkpoint = null, checkpoint_rows = null,
                checkpoint_length = null, replica = null
            """ + HELD + " and (checkpoint is null or cutoff_keys <> :cutoffKeys)";

    /** A total that is known stays known, as the percent that was made of it does. */
    private static final String FIGURES = """
            phase = :phase, rows_written = :rows, rows_total = coalesce(:total, rows_total),
            percent = case when percent is null or :percent > percent then :percent else percent end,
            bytes_written = :bytes, rows_per_second = :rate, last_row_at = :lastRowAt, resumed_from_row = :resumedFrom,
            lease_until = :leaseUntil
            """;

    static final String PROGRESS = "update exports set " + FIGURES + HELD;

    static final String CHECKPOINT = """
            update exports
            set checkpoint = :checkpoint, checkpoint_rows = :checkpointRows, checkpoint_length = :checkpointLength,
                losses = 0, failures = 0,
            """ + FIGURES + HELD;

    /** What survives the machine, said beside the run's figures: by a thread of its own. */
    static final String REPLICATE = "update exports set replica = :replica" + HELD;

    /** For whoever follows the export; nothing depends on it. */
    static final String TRACE = "update exports set run_traceparent = :traceparent" + HELD;

    /** No new place: losses and failures stay, or an export that kills its workers would do so for ever. */
    static final String ADOPT = """
            update exports
            set checkpoint = :checkpoint, checkpoint_rows = :checkpointRows, checkpoint_length = :checkpointLength,
                rows_written = :checkpointRows, bytes_written = :checkpointLength
            """ + HELD;

    static final String INTEND = """
            update exports
            set intent = :intent, store = :store, warnings = :warnings, cutoff = coalesce(cast(:cutoff as text), cutoff),
                cutoff_keys = coalesce(cast(:cutoffKeys as text), cutoff_keys),
                lease_until = :leaseUntil
            """ + HELD;

    static final String COMPLETE = """
            update exports
            set state = 'completed', phase = 'done', percent = 100, rows_written = :rows, rows_total = :rows,
                bytes_written = :bytes, rows_per_second = :rate, last_row_at = :lastRowAt, resumed_from_row = :resumedFrom,
                artifact = :artifact, store = :store, intent = null, checkpoint = null, checkpoint_rows = null, checkpoint_length = null,
                replica = null, finished_at = :finishedAt, expires_at = :expiresAt, lease_owner = null, lease_until = null
            """ + HELD;

    static final String FAIL = """
            update exports
            set state = 'failed', error_code = :code, error_detail = :detail, finished_at = :finishedAt, intent = null,
                replica = null, warnings = null, rows_per_second = 0, lease_owner = null, lease_until = null
            """ + HELD;

    private static final String QUEUED_AGAIN = """
            update exports
            set state = 'queued', phase = 'waiting', rows_per_second = 0, last_row_at = null,
                lease_owner = null, lease_until = null
            """;

    /** What was written after the checkpoint is written again, so the figures go back to it; only the percent waits. */
    private static final String BACK_TO_THE_QUEUE = QUEUED_AGAIN
            + ", rows_written = coalesce(checkpoint_rows, 0), bytes_written = coalesce(checkpoint_length, 0)";

    private static final String HAS_FAILED =
            ", attempt = attempt + 1, failures = failures + 1, error_code = :code, error_detail = :detail, not_before = :notBefore"
                    + HELD;

    static final String TRY_AGAIN = BACK_TO_THE_QUEUE + HAS_FAILED;

    static final String TRY_ANEW = QUEUED_AGAIN + ", rows_written = 0, bytes_written = 0, replica = null" + HAS_FAILED;

    static final String HAND_OVER = BACK_TO_THE_QUEUE + HELD;

    static final String CANCEL = """
            update exports
            set state = 'cancelled', finished_at = :finishedAt, checkpoint = null, checkpoint_rows = null,
                checkpoint_length = null, replica = null, intent = null, warnings = null, not_before = null, error_code = null,
                error_detail = null, bytes_written = 0, rows_per_second = 0, lease_owner = null, lease_until = null
            where id = :id and owner = :owner and state in ('queued', 'running')
            """;

    /** In any state, and in whatever order with other ends: each makes an epoch that no link was made in. */
    static final String END_LINKS = "update exports set link_epoch = link_epoch + 1 where id = :id and owner = :owner";

    static final String DELETE = "delete from exports where id = :id and owner = :owner returning *";

    static final String HELD_NOW =
            "select id, claim, lease_owner, lease_until, losses from exports where state = 'running'";

    /** Whoever keeps the lease has moved its end since. */
    private static final String NOT_HEARD_OF = HELD + " and lease_until = :leaseUntil";

    static final String LOSE = BACK_TO_THE_QUEUE + ", attempt = attempt + 1, losses = losses + 1" + NOT_HEARD_OF;

    static final String GIVE_UP = """
            update exports
            set state = 'failed', error_code = :code, error_detail = :detail, finished_at = :finishedAt, intent = null,
                replica = null, warnings = null, losses = losses + 1, rows_per_second = 0, lease_owner = null, lease_until = null
            """ + NOT_HEARD_OF;

    static final String AMONG = "select * from exports where id in (:ids)";

    static final String FORGOTTEN_AMONG = "select id from forgotten where id in (:ids)";

    static final String DROP_FORGOTTEN = "delete from forgotten where forgotten_at < :before";

    static final String DROP_USE = "delete from hourly_use where hour < :before";

    static final String DROP_PACE = "delete from start_pace where ahead_to < :before";

    static final String UNFINISHED = """
            select dataset, state, rows_total, rows_written, bytes_written from exports where state = 'queued'
            union all
            select dataset, state, rows_total, rows_written, bytes_written from exports where state = 'running'
            """;

    static final String ARCHIVES = """
            select bytes_written from exports
            where dataset = :dataset and state in ('completed', 'expired')
            order by id desc
            limit :limit
            """;

    /**
     * What expired is made anew, and shares nothing with the export that it was; the attempt tells two retries apart.
     */
    static final String RETRY = """
            update exports
            set state = 'queued', phase = 'waiting', attempt = attempt + 1, losses = 0, failures = 0, granted = :granted,
                cutoff = case when state in ('completed', 'expired') or :anew = 1 then null else cutoff end,
                rows_total = case when state in ('completed', 'expired') or :anew = 1 then null else rows_total end,
                percent = case when state in ('completed', 'expired') or :anew = 1 then null else percent end,
                rows_written = 0, bytes_written = 0, rows_per_second = 0, last_row_at = null, resumed_from_row = null,
                checkpoint = null, checkpoint_rows = null, checkpoint_length = null, replica = null, intent = null, artifact = null,
                store = null, warnings = null, started_at = null, finished_at = null, expires_at = null, checked_at = null, not_before = null,
                lease_owner = null, lease_until = null, error_code = null, error_detail = null,
                traceparent = :traceparent, run_traceparent = null
            where id = :id and claim = :claim and attempt = :attempt
              and (state in ('failed', 'cancelled', 'expired') or state = 'completed' and expires_at <= :now)
            """;
}
