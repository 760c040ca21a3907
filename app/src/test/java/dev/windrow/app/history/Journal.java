package dev.windrow.app.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * A journal of every change of an export's row, kept by triggers in a test's status database: whoever makes the change,
 * it is written with it or not at all. What changes no more than figures and leases is left out.
 */
final class Journal {
    private static final List<String> COLUMNS =
            List.of("state", "claim", "attempt", "losses", "checkpoint", "intent", "artifact", "lease_owner");

    /** How long a server that is restarted may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String url;
    private final Optional<Path> file;

    private Journal(String url, Optional<Path> file) {
        this.url = url;
        this.file = file;
    }

    /** @param database a SQLite file, which need not be there yet */
    static Journal ofSqlite(Path database) {
        return new Journal("jdbc:sqlite:" + database, Optional.of(database));
    }

    /** @param url with whatever it takes to connect; the server may be restarted at any time */
    static Journal ofPostgres(String url) {
        return new Journal(url, Optional.empty());
    }

    boolean canBeKept() {
        return file.isEmpty() || Files.exists(file.get());
    }

    /** Begins it; again is nothing. The status table is there. */
    void install() {
        if (file.isEmpty()) {
            installInPostgres();
            return;
        }
        String changed = String.join(
                " or ",
                COLUMNS.stream()
                        .map(column -> "old." + column + " is not new." + column)
                        .toList());
        String note = "begin insert into history (event) values (%s); end";
        run(
                "create table if not exists history (seq integer primary key, event text not null)",
                "create trigger if not exists history_insert after insert on exports "
                        + note.formatted(event("insert", "new")),
                "create trigger if not exists history_update after update on exports when " + changed + " "
                        + note.formatted(event("update", "new")),
                "create trigger if not exists history_delete after delete on exports "
                        + note.formatted(event("delete", "old")));
    }

    /** As on SQLite, and what is of interest of machines: when it was, and how many rows segments are kept of. */
    private void installInPostgres() {
        String changed = String.join(
                " or ",
                COLUMNS.stream()
                        .map(column -> "old." + column + " is distinct from new." + column)
                        .toList());
        run(
                "create table if not exists history (seq bigint generated always as identity primary key, event text not null)",
                """
                create or replace function note_history() returns trigger language plpgsql as $$
                declare
                    r exports%rowtype;
                begin
                    if tg_op = 'DELETE' then r := old; else r := new; end if;
                    insert into history (event) values (json_build_object(
                        'event', lower(tg_op), 'id', r.id, 'state', r.state, 'claim', r.claim, 'attempt', r.attempt,
                        'losses', r.losses, 'owner', r.lease_owner, 'checkpoint', r.checkpoint::json->'claim',
                        'rows', r.checkpoint_rows, 'length', r.checkpoint_length, 'resumedFrom', r.resumed_from_row,
                        'intent', r.intent::json->'key', 'intended', r.intent::json->'sha256',
                        'artifact', r.artifact::json->'key', 'sha256', r.artifact::json->'sha256',
                        'at', floor(extract(epoch from clock_timestamp()) * 1000)::bigint,
                        'kept', (select sum((e->>'rows')::bigint)
                            from json_array_elements(r.replica::json->'checkpoint'->'entries') e))::text);
                    return null;
                end
                $$""",
                "create or replace trigger history_changes after insert or delete on exports"
                        + " for each row execute function note_history()",
                "create or replace trigger history_updates after update on exports" + " for each row when (" + changed
                        + ") execute function note_history()");
    }

    private static String event(String what, String row) {
        return """
                json_object('event', '%1$s', 'id', %2$s.id, 'state', %2$s.state, 'claim', %2$s.claim,
                    'attempt', %2$s.attempt, 'losses', %2$s.losses, 'owner', %2$s.lease_owner,
                    'checkpoint', json_extract(%2$s.checkpoint, '$.claim'), 'rows', %2$s.checkpoint_rows,
                    'length', %2$s.checkpoint_length, 'resumedFrom', %2$s.resumed_from_row,
                    'intent', json_extract(%2$s.intent, '$.key'), 'intended', json_extract(%2$s.intent, '$.sha256'),
                    'artifact', json_extract(%2$s.artifact, '$.key'), 'sha256', json_extract(%2$s.artifact, '$.sha256'))""".formatted(what, row);
    }

    /** How many changes there were. */
    long last() {
        return query("select coalesce(max(seq), 0) from history").get(0).seq();
    }

    /** All changes, in order, as JSON objects. */
    List<Line> lines() {
        return query("select seq, event from history order by seq");
    }

    /** @param seq its place among all changes, from 1 */
    record Line(long seq, String event) {}

    private List<Line> query(String sql) {
        try {
            return file.isPresent()
                    ? asked(sql)
                    : Awaitility.await("the history")
                            .atMost(PATIENCE)
                            .ignoreExceptionsInstanceOf(SQLException.class)
                            .until(() -> asked(sql), lines -> true);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<Line> asked(String sql) throws SQLException {
        List<Line> lines = new ArrayList<>();
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            boolean events = rows.getMetaData().getColumnCount() > 1;
            while (rows.next()) {
                lines.add(new Line(rows.getLong(1), events ? rows.getString(2) : ""));
            }
            return lines;
        }
    }

    private void run(String... statements) {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        if (file.isEmpty()) {
            return connection;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
        }
        return connection;
    }
}
