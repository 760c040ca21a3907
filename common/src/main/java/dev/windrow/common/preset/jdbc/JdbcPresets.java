package dev.windrow.common.preset.jdbc;

import dev.windrow.common.preset.Preset;
import dev.windrow.common.preset.Presets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The presets in the status database; the SQL is the same on both. */
public final class JdbcPresets implements Presets {
    private static final String ADD = """
            insert into presets (owner, name, dataset, start_body, created_at, changed_at)
            values (:owner, :name, :dataset, :start, :created, :changed)
            on conflict (owner, name) do nothing
            """;

    private static final String CHANGE = """
            update presets set dataset = :dataset, start_body = :start, changed_at = :changed
            where owner = :owner and name = :name
            """;

    private static final String FIND = "select * from presets where owner = :owner and name = :name";

    private static final String LIST = "select * from presets where owner = :owner";

    private static final String COUNT = "select count(*) from presets where owner = :owner";

    private static final String REMOVE = "delete from presets where owner = :owner and name = :name";

    private final JdbcClient writer;
    private final Reading reading;

    /** Runs a query on a connection that reads, and again where the database stumbles. */
    @FunctionalInterface
    public interface Reading {
        <T> T of(Function<JdbcClient, T> query);
    }

    /** @param writer on which the transactions are that changes are part of */
    public JdbcPresets(JdbcClient writer, Reading reading) {
        this.writer = writer;
        this.reading = reading;
    }

    @Override
    public boolean add(Preset preset) {
        return update(ADD, values(preset));
    }

    @Override
    public boolean change(Preset preset) {
        return update(CHANGE, values(preset));
    }

    @Override
    public Optional<Preset> find(String owner, String name) {
        return reading.of(client -> client.sql(FIND)
                .param("owner", owner)
                .param("name", name)
                .query(JdbcPresets::preset)
                .optional());
    }

    @Override
    public List<Preset> list(String owner) {
        return reading.of(client -> client.sql(LIST)
                .param("owner", owner)
                .query(JdbcPresets::preset)
                .list());
    }

    @Override
    public int count(String owner) {
        boolean within = TransactionSynchronizationManager.isActualTransactionActive();
        return within ? count(writer, owner) : reading.of(client -> count(client, owner));
    }

    private static int count(JdbcClient client, String owner) {
        return client.sql(COUNT).param("owner", owner).query(Integer.class).single();
    }

    @Override
    public boolean remove(String owner, String name) {
        return update(REMOVE, new MapSqlParameterSource("owner", owner).addValue("name", name));
    }

    private boolean update(String sql, MapSqlParameterSource values) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Presets are changed within a transaction");
        }
        return writer.sql(sql).paramSource(values).update() == 1;
    }

    private static MapSqlParameterSource values(Preset preset) {
        return new MapSqlParameterSource("owner", preset.owner())
                .addValue("name", preset.name())
                .addValue("dataset", preset.dataset())
                .addValue("start", preset.start())
                .addValue("created", preset.created().toEpochMilli())
                .addValue("changed", preset.changed().toEpochMilli());
    }

    private static Preset preset(ResultSet row, int number) throws SQLException {
        return new Preset(
                row.getString("owner"),
                row.getString("name"),
                row.getString("dataset"),
                row.getString("start_body"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }
}
