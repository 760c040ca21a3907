package dev.windrow.common.audit.jdbc;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The SQL of {@link JdbcAuditLog}; the same on both databases. */
final class AuditSql {
    private AuditSql() {}

    /** Begins with a change, so that on either database nobody else is at the end of the chain until the commit. */
    static final String NEXT = """
            update audit_chain set newest = newest + 1 where id = 1
            returning newest, newest_hash, forgotten, forgotten_hash
            """;

    static final String INSERT = """
            insert into audit (number, at, principal, key_name, address, action, export, dataset, parameters_sha256,
                part, row_count, byte_count, outcome, instance, previous)
            values (:number, :at, :principal, :key, :address, :action, :export, :dataset, :parametersSha256,
                :part, :rows, :bytes, :outcome, :instance, :previous)
            """;

    static final String NEWEST = "update audit_chain set newest_hash = :hash where id = 1";

    static final String BY_NUMBER = "select * from audit where number = :number";

    static final String AFTER = "select * from audit where number > :number order by number limit :limit";

    private static final Map<String, String> CONDITIONS = Map.of(
            "before", "number < :before",
            "principal", "principal = :principal",
            "export", "export = :export",
            "action", "action = :action",
            "since", "at >= :since",
            "until", "at < :until");

    /**
     * The newest rows that fit. What is not asked for is left out, since SQLite uses no index beside an {@code or}.
     *
     * @param asked of the names of {@link #CONDITIONS}
     */
    static String list(Collection<String> asked) {
        String where = asked.stream()
                .map(name -> " and " + Objects.requireNonNull(CONDITIONS.get(name), name))
                .sorted()
                .collect(Collectors.joining());
        return "select * from audit where true" + where + " order by number desc limit :limit";
    }

    static final String CHAIN = "select * from audit_chain where id = 1";

    /** Keeps everybody else from the chain until the commit. */
    static final String HOLD = """
            update audit_chain set newest = newest where id = 1
            returning newest, newest_hash, forgotten, forgotten_hash
            """;

    /** The oldest rows that are older, up to the first that is not. */
    static final String LAST_OF_OLD = """
            select * from audit
            where number <= :most and number < coalesce(
                (select number from audit where at >= :before order by number limit 1), :most + 1)
            order by number desc
            limit 1
            """;

    static final String FORGET = "delete from audit where number <= :number";

    static final String FORGOTTEN = "update audit_chain set forgotten = :number, forgotten_hash = :hash where id = 1";
}
