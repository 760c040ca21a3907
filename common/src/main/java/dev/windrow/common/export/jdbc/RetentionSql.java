package dev.windrow.common.export.jdbc;

/** The SQL of {@link JdbcRetention}, under the rules of {@link ExportSql}. */
final class RetentionSql {
    private RetentionSql() {}

    static final String EXPIRE = """
            update exports set state = 'expired'
            where state = 'completed' and (expires_at <= :now or finished_at <= :before)
            returning id
            """;

    static final String LEFTOVERS =
            "select * from exports where state = 'expired' and artifact is not null order by id limit :limit";

    static final String REMOVED =
            "update exports set artifact = null where id = :id and state = 'expired' and claim = :claim";

    /** What still names a file waits for its removal, so that no file is left that no row knows. */
    static final String FORGET = """
            delete from exports
            where state in ('failed', 'cancelled', 'expired') and artifact is null and id in (
                select id from exports
                where finished_at <= :before and state in ('failed', 'cancelled', 'expired') and artifact is null
                order by finished_at
                limit :limit)
            """;

    /**
     * Names the time before once more, so that of all who saw the same candidate one wins. A run ends with a check of
     * its own.
     */
    static final String TAKE_UNCHECKED = """
            update exports set checked_at = :now
            where state = 'completed' and coalesce(checked_at, finished_at) <= :before and id = (
                select id from exports
                where state = 'completed' and coalesce(checked_at, finished_at) <= :before and expires_at > :now
                  and (store = :store or store is null and :unnamed = 1)
                order by coalesce(checked_at, finished_at), id
                limit 1)
            returning *
            """;

    static final String ELSEWHERE = "select count(*) from exports where state = 'completed' and store <> :store";

    static final String CONDEMN = """
            update exports
            set state = 'expired', expires_at = :now, error_code = :code, error_detail = :detail
            where id = :id and state = 'completed' and claim = :claim
            """;
}
