package dev.windrow.app.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal of every change of an export's row, kept by triggers in a test's status database: whoever makes the change,
 * it is written with it or not at all. What changes no more than figures and leases is left out.
 */
final class Journal {
    private static final List<String> COLUMNS =
            List.of("state", "claim", "attempt", "losses", "checkpoint", "intent", "artifact", "lease_owner");

    private final Path database;

    /** @param database a SQLite file, which need not be there yet */
    Journal(Path database) {
        this.database = database;
    }

    boolean canBeKept() {
        return Files.exists(database);
    }

    /** Begins it; again is nothing. The status table is there. */
    void install() {
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
        List<Line> lines = new ArrayList<>();
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            boolean events = rows.getMetaData().getColumnCount() > 1;
            while (rows.next()) {
                lines.add(new Line(rows.getLong(1), events ? rows.getString(2) : ""));
            }
            return lines;
        } catch (SQLException e) {
            throw new AssertionError(e);
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
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
        }
        return connection;
    }
}
