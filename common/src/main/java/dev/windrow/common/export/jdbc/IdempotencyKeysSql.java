package dev.windrow.common.export.jdbc;

/** The SQL of {@link JdbcIdempotencyKeys}, under the rules of {@link ExportSql}. */
final class IdempotencyKeysSql {
    /**
     * An owner may have made thousands within the time that is asked for; what is not among the latest is made anew.
     */
    private static final int MOST_COMPLETED = 200;

    private IdempotencyKeysSql() {}

    static final String FREE_KEY = """
            update exports set idempotency_key = null, idempotency_digest = null
            where owner = :owner and idempotency_key = :key and created_at <= :freeBefore
            """;

    /** As {@link ExportSql#INSERT}; a conflict is one of the key, since ids are fresh. */
    static final String INSERT = """
            insert into exports (id, owner, granted, dataset, format, parameters, column_names, options, file_name, state, claim,
                attempt, losses, failures, created_at, phase, rows_written, bytes_written, rows_per_second,
                idempotency_key, idempotency_digest)
            values (:id, :owner, :granted, :dataset, :format, :parameters, :columns, :options, :fileName, 'queued', 0,
                1, 0, 0, :createdAt, 'waiting', 0, 0, 0, :key, :digest)
            on conflict do nothing
            """;

    static final String BY_KEY =
            "select * from exports where owner = :owner and idempotency_key = :key and created_at > :since";

    static final String COMPLETED = """
            select * from exports
            where owner = :owner and dataset = :dataset and format = :format and state = 'completed'
              and finished_at >= :since and expires_at > :now
            order by finished_at desc, id desc
            limit\s""" + MOST_COMPLETED;
}
