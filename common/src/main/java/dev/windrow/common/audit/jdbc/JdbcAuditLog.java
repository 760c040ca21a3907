package dev.windrow.common.audit.jdbc;

import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.AuditRow;
import dev.windrow.common.audit.Event;
import dev.windrow.common.audit.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The audit in the status database. */
public final class JdbcAuditLog implements AuditLog {
    private final JdbcClient writer;
    private final Reading reading;
    private final String instance;

    /** Runs a query on a connection that reads, and again where the database stumbles. */
    @FunctionalInterface
    public interface Reading {
        <T> T of(Function<JdbcClient, T> query);
    }

    /**
     * @param writer on which the transactions are that rows are part of
     * @param instance this process's name, as rows have it
     */
    public JdbcAuditLog(JdbcClient writer, Reading reading, String instance) {
        this.writer = writer;
        this.reading = reading;
        this.instance = instance;
    }

    @Override
    public AuditRow append(Event event) {
        requireTransaction();
        Chain chain = writer.sql(AuditSql.NEXT).query(JdbcAuditLog::ends).single();
        AuditRow row = new AuditRow(chain.newest(), event, instance, chain.newestHash());
        String hash = row.hash();
        writer.sql(AuditSql.INSERT).paramSource(values(row)).update();
        writer.sql(AuditSql.NEWEST).param("hash", hash).update();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                AuditLine.write(row.text(), hash);
            }
        });
        return row;
    }

    @Override
    public boolean holds(AuditRow row) {
        return reading.of(client -> client.sql(AuditSql.BY_NUMBER)
                        .param("number", row.number())
                        .query(JdbcAuditLog::row)
                        .optional())
                .filter(row::equals)
                .isPresent();
    }

    @Override
    public List<AuditRow> list(Filter filter, @Nullable Long before, int limit) {
        Map<String, @Nullable Object> asked = new HashMap<>();
        asked.put("before", before);
        asked.put("principal", filter.principal());
        asked.put("export", filter.export());
        asked.put("action", filter.action());
        asked.put("since", millis(filter.since()));
        asked.put("until", millis(filter.until()));
        asked.values().removeIf(Objects::isNull);
        return reading.of(client -> client.sql(AuditSql.list(asked.keySet()))
                .params(asked)
                .param("limit", limit)
                .query(JdbcAuditLog::row)
                .list());
    }

    @Override
    public List<AuditRow> after(long number, int limit) {
        return reading.of(client -> client.sql(AuditSql.AFTER)
                .param("number", number)
                .param("limit", limit)
                .query(JdbcAuditLog::row)
                .list());
    }

    @Override
    public Chain chain() {
        return reading.of(
                client -> client.sql(AuditSql.CHAIN).query(JdbcAuditLog::ends).single());
    }

    @Override
    public int forget(Instant before, int limit) {
        requireTransaction();
        Chain chain = writer.sql(AuditSql.HOLD).query(JdbcAuditLog::ends).single();
        Optional<AuditRow> last = writer.sql(AuditSql.LAST_OF_OLD)
                .param("most", chain.forgotten() + limit)
                .param("before", before.toEpochMilli())
                .query(JdbcAuditLog::row)
                .optional();
        if (last.isEmpty()) {
            return 0;
        }
        long number = last.get().number();
        writer.sql(AuditSql.FORGOTTEN)
                .param("number", number)
                .param("hash", last.get().hash())
                .update();
        return writer.sql(AuditSql.FORGET).param("number", number).update();
    }

    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The audit is written within a transaction");
        }
    }

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static MapSqlParameterSource values(AuditRow row) {
        Event event = row.event();
        return new MapSqlParameterSource("number", row.number())
                .addValue("at", event.at().toEpochMilli())
                .addValue("principal", event.actor().principal(), Types.VARCHAR)
                .addValue("key", event.actor().key(), Types.VARCHAR)
                .addValue("address", event.actor().address(), Types.VARCHAR)
                .addValue("action", event.action())
                .addValue("export", event.subject().export(), Types.VARCHAR)
                .addValue("dataset", event.subject().dataset(), Types.VARCHAR)
                .addValue("parametersSha256", event.subject().parametersSha256(), Types.VARCHAR)
                .addValue("part", event.amount().part(), Types.VARCHAR)
                .addValue("rows", event.amount().rows(), Types.BIGINT)
                .addValue("bytes", event.amount().bytes(), Types.BIGINT)
                .addValue("outcome", event.outcome())
                .addValue("instance", row.instance())
                .addValue("previous", row.previous());
    }

    private static Chain ends(ResultSet row, int number) throws SQLException {
        return new Chain(
                row.getLong("newest"),
                row.getString("newest_hash"),
                row.getLong("forgotten"),
                row.getString("forgotten_hash"));
    }

    private static AuditRow row(ResultSet row, int number) throws SQLException {
        Event event = new Event(
                Instant.ofEpochMilli(row.getLong("at")),
                new Actor(row.getString("principal"), row.getString("key_name"), row.getString("address")),
                row.getString("action"),
                new Subject(row.getString("export"), row.getString("dataset"), row.getString("parameters_sha256")),
                new Amount(row.getString("part"), number(row, "row_count"), number(row, "byte_count")),
                row.getString("outcome"));
        return new AuditRow(row.getLong("number"), event, row.getString("instance"), row.getString("previous"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
