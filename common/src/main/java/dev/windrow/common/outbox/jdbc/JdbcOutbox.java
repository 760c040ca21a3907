package dev.windrow.common.outbox.jdbc;

import dev.windrow.common.export.ExportId;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Message.State;
import dev.windrow.common.outbox.Note;
import dev.windrow.common.outbox.Outbox;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Try;
import dev.windrow.common.transaction.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The carriers' side of the outbox in the status database. */
public final class JdbcOutbox implements Outbox {
    private static final String TOO_MANY = "too many messages wait for this target";

    private final JdbcClient writer;
    private final Reading reading;
    private final Transactions transactions;
    private final int mostWaiting;

    /** Runs a query on a connection that reads, and again where the database stumbles. */
    @FunctionalInterface
    public interface Reading {
        <T> T of(Function<JdbcClient, T> query);
    }

    /**
     * @param writer on which the transactions are
     * @param transactions of the same database
     */
    public JdbcOutbox(JdbcClient writer, Reading reading, Transactions transactions) {
        this(writer, reading, transactions, MOST_WAITING);
    }

    /** @param mostWaiting in place of {@link #MOST_WAITING} */
    public JdbcOutbox(JdbcClient writer, Reading reading, Transactions transactions, int mostWaiting) {
        this.mostWaiting = mostWaiting;
        this.writer = writer;
        this.reading = reading;
        this.transactions = transactions;
    }

    @Override
    public List<Note> notes(int limit) {
        return reading.of(client -> client.sql(OutboxSql.NOTES)
                .param("limit", limit)
                .query(OutboxRow::note)
                .list());
    }

    @Override
    public boolean address(Note note, List<Draft> messages, Instant now) {
        MapSqlParameterSource values = OutboxValues.of(note);
        // Done again after a doubtful commit, it finds no note: the messages are there then, by whoever it was.
        return transactions.inOne(
                () -> {
                    if (update(OutboxSql.TAKE_NOTE, values) == 0) {
                        return false;
                    }
                    messages.forEach(message -> insert(note, message, now));
                    return true;
                },
                Optional::empty);
    }

    private void insert(Note note, Draft message, Instant now) {
        MapSqlParameterSource values = OutboxValues.of(note, message)
                .addValue("now", now.toEpochMilli())
                .addValue("most", mostWaiting)
                .addValue("reason", TOO_MANY);
        update(OutboxSql.INSERT, values);
        update(OutboxSql.TOO_MANY, values);
    }

    @Override
    public List<Target> due(Set<Target.Kind> kinds, Instant now, int limit) {
        return reading.of(client -> client.sql(OutboxSql.DUE)
                .param("kinds", OutboxValues.ids(kinds))
                .param("now", now.toEpochMilli())
                .param("limit", limit)
                .query(OutboxRow::target)
                .list());
    }

    @Override
    public Optional<Message> claim(Target target, Instant now, Instant leaseUntil) {
        MapSqlParameterSource values = new MapSqlParameterSource(
                        "kind", target.kind().id())
                .addValue("target", target.name())
                .addValue("now", now.toEpochMilli())
                .addValue("leaseUntil", leaseUntil.toEpochMilli());
        Optional<MapSqlParameterSource> next = reading.of(client -> client.sql(OutboxSql.NEXT)
                .paramSource(values)
                .query((row, number) -> new MapSqlParameterSource("id", row.getString("id"))
                        .addValue("claim", row.getLong("claim"))
                        .addValues(values.getValues()))
                .optional());
        // If the answer is lost, nobody can tell whose claim it was: the lease will lapse.
        return next.flatMap(candidate -> transactions.inOne(
                () -> writer.sql(OutboxSql.CLAIM)
                        .paramSource(candidate)
                        .query(OutboxRow::message)
                        .optional(),
                () -> Optional.of(Optional.empty())));
    }

    @Override
    public boolean keep(Message claimed, Instant leaseUntil) {
        MapSqlParameterSource values = OutboxValues.of(claimed).addValue("leaseUntil", leaseUntil.toEpochMilli());
        return transactions.inOne(() -> update(OutboxSql.KEEP, values) == 1, Optional::empty);
    }

    @Override
    public boolean done(Message claimed, Try last, Instant now) {
        MapSqlParameterSource values = OutboxValues.of(claimed).addValue("now", now.toEpochMilli());
        return end(claimed, last, () -> update(OutboxSql.DONE, values) == 1, State.DONE);
    }

    @Override
    public boolean again(Message claimed, Try last, Instant notBefore) {
        MapSqlParameterSource values = OutboxValues.of(claimed).addValue("notBefore", notBefore.toEpochMilli());
        return end(claimed, last, () -> update(OutboxSql.AGAIN, values) == 1, State.WAITING);
    }

    @Override
    public boolean giveUp(Message claimed, Try last, Instant now) {
        MapSqlParameterSource values = OutboxValues.of(claimed).addValue("now", now.toEpochMilli());
        return end(
                claimed,
                last,
                () -> update(OutboxSql.GIVE_UP, values) == 1 && update(OutboxSql.NOTE_FAILURE, values) >= 0,
                State.GIVEN_UP);
    }

    /** The change and its try, as one. */
    private boolean end(Message claimed, Try last, BooleanSupplier change, State state) {
        Predicate<Standing> made =
                standing -> standing.claim() == claimed.standing().claim()
                        && standing.state() == state
                        && standing.tries() == claimed.standing().tries() + 1;
        MapSqlParameterSource tried = OutboxValues.of(claimed, last);
        return transactions.inOne(
                () -> {
                    if (!change.getAsBoolean()) {
                        return false;
                    }
                    update(OutboxSql.INSERT_TRY, tried);
                    update(OutboxSql.DROP_TRIES, tried);
                    return true;
                },
                () -> standing(claimed.id()).filter(made).map(standing -> true));
    }

    private record Standing(State state, int tries, long claim) {}

    private Optional<Standing> standing(String id) {
        return reading.of(client -> client.sql(OutboxSql.STANDING)
                .param("id", id)
                .query((row, number) ->
                        new Standing(State.of(row.getString("state")), row.getInt("tries"), row.getLong("claim")))
                .optional());
    }

    @Override
    public boolean handBack(Message claimed) {
        MapSqlParameterSource values = OutboxValues.of(claimed);
        return transactions.inOne(() -> update(OutboxSql.HAND_BACK, values) == 1, Optional::empty);
    }

    @Override
    public List<ExportId> givenUp(Target target, int limit) {
        return exports(OutboxSql.EXPORTS_GIVEN_UP, new MapSqlParameterSource(), target, limit);
    }

    @Override
    public List<ExportId> doneSince(Target target, Instant since, int limit) {
        return exports(
                OutboxSql.EXPORTS_DONE_SINCE, new MapSqlParameterSource("since", since.toEpochMilli()), target, limit);
    }

    private List<ExportId> exports(String sql, MapSqlParameterSource values, Target target, int limit) {
        values.addValue("kind", target.kind().id())
                .addValue("target", target.name())
                .addValue("limit", limit);
        return reading.of(client -> client.sql(sql)
                .paramSource(values)
                .query((row, number) -> ExportId.parse(row.getString("export")).orElseThrow())
                .list());
    }

    @Override
    public int forget(Instant overdue, int limit) {
        List<String> ids = reading.of(client -> client.sql(OutboxSql.OF_FORGOTTEN)
                .param("overdue", overdue.toEpochMilli())
                .param("limit", limit)
                .query(String.class)
                .list());
        if (ids.isEmpty()) {
            return 0;
        }
        MapSqlParameterSource values = new MapSqlParameterSource("ids", ids);
        values.addValue("overdue", overdue.toEpochMilli());
        return transactions.inOne(
                () -> {
                    update(OutboxSql.FORGET_TRIES, values);
                    return update(OutboxSql.FORGET, values);
                },
                Optional::empty);
    }

    private int update(String sql, MapSqlParameterSource values) {
        return writer.sql(sql).paramSource(values).update();
    }
}
