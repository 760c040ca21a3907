package dev.windrow.common.outbox.jdbc;

import dev.windrow.common.export.ExportId;
import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Try;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The callers' side of the outbox in the status database. */
public final class JdbcDeliveries implements Deliveries {
    /** Sorts after every id. */
    private static final Place FIRST = new Place(Long.MAX_VALUE, "~");

    private final JdbcClient writer;
    private final JdbcOutbox.Reading reading;

    /** @param writer on which the transactions are that changes are part of */
    public JdbcDeliveries(JdbcClient writer, JdbcOutbox.Reading reading) {
        this.writer = writer;
        this.reading = reading;
    }

    @Override
    public void ask(ExportId export, List<Target> targets) {
        var unused = writer.sql(OutboxSql.TELL)
                .param("tell", OutboxJson.write(targets))
                .param("export", export.toString())
                .update();
    }

    @Override
    public List<Delivery> of(ExportId export, @Nullable Place after, int limit) {
        return page(OutboxSql.OF_EXPORT, known(export), after, limit);
    }

    @Override
    public List<Delivery> all(Message.State state, @Nullable Place after, int limit) {
        String sql = switch (state) {
            case WAITING -> OutboxSql.ALL_WAITING;
            case GIVEN_UP -> OutboxSql.ALL_GIVEN_UP;
            case DONE -> throw new IllegalArgumentException("nobody looks after what has arrived");
        };
        return page(sql, known(), after, limit);
    }

    private List<Delivery> page(String sql, MapSqlParameterSource values, @Nullable Place after, int limit) {
        Place from = after == null ? FIRST : after;
        values.addValue("number", from.number()).addValue("after", from.id()).addValue("limit", limit);
        return withTries(reading.of(client ->
                client.sql(sql).paramSource(values).query(OutboxRow::message).list()));
    }

    @Override
    public Counts counts() {
        long givenUp = reading.of(
                client -> client.sql(OutboxSql.COUNT_GIVEN_UP).query(Long.class).single());
        return reading.of(client -> client.sql(OutboxSql.COUNT_WAITING)
                .query((row, number) -> new Counts(row.getLong(1), OutboxRow.timeIfAny(row, 2), givenUp))
                .single());
    }

    @Override
    public Optional<Delivery> find(ExportId export, String message) {
        MapSqlParameterSource values = known(export).addValue("id", message);
        return withTries(reading.of(client -> client.sql(OutboxSql.FIND)
                        .paramSource(values)
                        .query(OutboxRow::message)
                        .list()))
                .stream()
                .findFirst();
    }

    private List<Delivery> withTries(List<Message> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        List<String> ids = messages.stream().map(Message::id).toList();
        Map<String, List<Try>> tries = reading
                .of(client -> client.sql(OutboxSql.TRIES)
                        .param("ids", ids)
                        .query((row, number) -> Map.entry(row.getString("message"), OutboxRow.tried(row)))
                        .list())
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return messages.stream()
                .map(message -> new Delivery(message, tries.getOrDefault(message.id(), List.of())))
                .toList();
    }

    @Override
    public boolean replay(Message ended, Instant now) {
        return writer.sql(OutboxSql.REPLAY)
                        .paramSource(OutboxValues.of(ended).addValue("now", now.toEpochMilli()))
                        .update()
                == 1;
    }

    private static MapSqlParameterSource known(ExportId export) {
        return known().addValue("export", export.toString());
    }

    private static MapSqlParameterSource known() {
        return new MapSqlParameterSource("kinds", OutboxValues.ids(EnumSet.allOf(Target.Kind.class)));
    }
}
