package dev.windrow.common.outbox.jdbc;

/**
 * All SQL on the outbox's tables; the same on both databases. States are literals, so that the partial index applies.
 */
final class OutboxSql {
    private OutboxSql() {}

    static final String TELL = "update exports set tell = :tell where id = :export";

    /** The artifact is still the one that the note is about while the attempt is. */
    static final String NOTES = """
            select n.*, x.artifact, m.kind as failed_kind, m.target as failed_target,
                (select t.reason from outbox_tries t where t.message = n.message order by t.number desc limit 1)
                    as failed_reason
            from outbox_events n
            left join exports x on x.id = n.export and x.attempt = n.attempt
            left join outbox m on m.id = n.message
            order by n.export, n.sequence, n.id
            limit :limit
            """;

    static final String TAKE_NOTE = """
            delete from outbox_events
            where id = :note
              and not exists (select 1 from outbox_events e where e.export = :export and e.sequence < :sequence)
            """;

    /** One too many is kept as given up, so that its owner sees it. */
    static final String INSERT = """
            insert into outbox (id, export, owner, dataset, kind, target, language, type, sequence, payload, state,
                created_at, due_at, tries, claim, ended_at)
            select :id, :export, :owner, :dataset, :kind, :target, :language, :type, :sequence, :payload,
                case when w.many then 'given-up' else 'waiting' end, :now, :now, 0, 0,
                case when w.many then cast(:now as bigint) end
            from (select count(*) >= :most as many
                  from (select 1 from outbox where state = 'waiting' and kind = :kind and target = :target limit :most) f) w
            where 1 = 1
            on conflict (id) do nothing
            """;

    static final String TOO_MANY = """
            insert into outbox_tries (message, number, at, outcome, reason, millis)
            select id, 1, :now, 'stop', :reason, 0 from outbox where id = :id and state = 'given-up' and claim = 0
            on conflict (message, number) do nothing
            """;

    private static final String FREE = """
            state = 'waiting' and due_at <= :now and (lease_until is null or lease_until <= :now)
            """;

    /** URLs come last: a caller may name as many of them as there are exports, the settings' targets are few. */
    static final String DUE = "select kind, target, min(due_at) as due from outbox where kind in (:kinds) and " + FREE
            + " group by kind, target order by case when target like '%://%' then 1 else 0 end, due limit :limit";

    static final String NEXT =
            "select id, claim from outbox m where kind = :kind and target = :target and " + FREE + """
              and not exists (
                select 1 from outbox e
                where e.export = m.export and e.kind = m.kind and e.target = m.target and e.state = 'waiting'
                  and e.sequence < m.sequence)
            order by due_at, id
            limit 1
            """;

    /** Names the claim before, so that of all who saw the same one wins. */
    static final String CLAIM = "update outbox set claim = claim + 1, lease_until = :leaseUntil"
            + " where id = :id and claim = :claim and " + FREE + " returning *";

    private static final String HELD = " where id = :id and state = 'waiting' and claim = :claim";

    static final String KEEP = "update outbox set lease_until = :leaseUntil" + HELD + " and lease_until is not null";

    static final String DONE =
            "update outbox set state = 'done', tries = tries + 1, lease_until = null, ended_at = :now" + HELD;

    static final String AGAIN = "update outbox set tries = tries + 1, lease_until = null, due_at = :notBefore" + HELD;

    static final String GIVE_UP =
            "update outbox set state = 'given-up', tries = tries + 1, lease_until = null, ended_at = :now" + HELD;

    static final String HAND_BACK = "update outbox set lease_until = null" + HELD;

    static final String NOTE_FAILURE = """
            insert into outbox_events (id, export, sequence, type, happened_at, owner, dataset, state, attempt, row_count,
                byte_count, file_name, error_code, error_detail, tell, message)
            select m.id || '.' || m.claim, x.id, m.sequence, 'delivery.failed', :now, x.owner, x.dataset, x.state,
                x.attempt, x.rows_written, x.bytes_written, x.file_name, x.error_code, x.error_detail, x.tell, m.id
            from outbox m join exports x on x.id = m.export
            where m.id = :id and m.type <> 'delivery.failed'
            on conflict (id) do nothing
            """;

    static final String INSERT_TRY = """
            insert into outbox_tries (message, number, at, outcome, reason, millis)
            values (:id, (select coalesce(max(number), 0) + 1 from outbox_tries where message = :id),
                :at, :outcome, :reason, :millis)
            """;

    static final String DROP_TRIES = """
            delete from outbox_tries
            where message = :id and number <= (select max(number) from outbox_tries where message = :id) - :most
            """;

    static final String STANDING = "select state, tries, claim from outbox where id = :id";

    static final String EXPORTS_GIVEN_UP = """
            select distinct export from outbox
            where kind = :kind and target = :target and state = 'given-up'
            order by export desc
            limit :limit
            """;

    static final String EXPORTS_DONE_SINCE = """
            select distinct export from outbox
            where kind = :kind and target = :target and state = 'done' and created_at >= :since
            order by export desc
            limit :limit
            """;

    static final String OF_FORGOTTEN = """
            select id from outbox
            where (state <> 'waiting' or due_at < :overdue) and not exists (select 1 from exports where exports.id = outbox.export)
            limit :limit
            """;

    static final String FORGET_TRIES = "delete from outbox_tries where message in (:ids)";

    static final String FORGET = "delete from outbox where id in (:ids) and (state <> 'waiting' or due_at < :overdue)";

    static final String OF_EXPORT = """
            select * from outbox
            where export = :export and kind in (:kinds) and (sequence < :number or sequence = :number and id < :after)
            order by sequence desc, id desc
            limit :limit
            """;

    /** What can't be replayed, since its export was deleted, waits for nothing but the sweep. */
    private static final String GIVEN_UP =
            "state = 'given-up' and exists (select 1 from exports x where x.id = outbox.export)";

    static final String ALL_GIVEN_UP = all(GIVEN_UP);

    static final String ALL_WAITING = all("state = 'waiting'");

    private static String all(String which) {
        return "select * from outbox where " + which + " and kind in (:kinds)" + """
                 and (created_at < :number or created_at = :number and id < :after)
                order by created_at desc, id desc
                limit :limit
                """;
    }

    static final String COUNT_WAITING = "select count(*), min(due_at) from outbox where state = 'waiting'";

    static final String COUNT_GIVEN_UP = "select count(*) from outbox where " + GIVEN_UP;

    static final String FIND = "select * from outbox where export = :export and kind in (:kinds) and id = :id";

    static final String TRIES = "select * from outbox_tries where message in (:ids) order by message, number";

    static final String REPLAY = """
            update outbox set state = 'waiting', tries = 0, due_at = :now, lease_until = null, ended_at = null
            where id = :id and claim = :claim and state in ('done', 'given-up')
            """;
}
