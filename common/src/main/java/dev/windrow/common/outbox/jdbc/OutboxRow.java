package dev.windrow.common.outbox.jdbc;

import dev.windrow.common.export.ExportId;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Note;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Try;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rows of the outbox's tables, as words. */
final class OutboxRow {
    private OutboxRow() {}

    static Message message(ResultSet row, int number) throws SQLException {
        return new Message(
                row.getString("id"),
                about(row),
                new Target(kind(row.getString("kind")), row.getString("target"), row.getString("language")),
                new Message.Event(row.getString("type"), row.getLong("sequence"), row.getString("payload")),
                new Message.Standing(
                        Message.State.of(row.getString("state")),
                        time(row, "created_at"),
                        time(row, "due_at"),
                        row.getInt("tries"),
                        row.getLong("claim"),
                        timeIfAny(row, "ended_at")));
    }

    static Note note(ResultSet row, int number) throws SQLException {
        String artifact = row.getString("artifact");
        String code = row.getString("error_code");
        return new Note(
                row.getString("id"),
                about(row),
                new Note.Happening(
                        row.getString("type"),
                        row.getLong("sequence"),
                        time(row, "happened_at"),
                        row.getString("state")),
                new Note.Figures(
                        row.getLong("row_count"),
                        row.getLong("byte_count"),
                        row.getString("file_name"),
                        artifact == null ? null : OutboxJson.digest(artifact)),
                code == null ? null : new Note.Cause(code, row.getString("error_detail")),
                OutboxJson.targets(row.getString("tell")),
                failed(row));
    }

    private static Note.@Nullable FailedDelivery failed(ResultSet row) throws SQLException {
        String kind = row.getString("failed_kind");
        return kind == null
                ? null
                : new Note.FailedDelivery(
                        row.getString("message"), kind, row.getString("failed_target"), row.getString("failed_reason"));
    }

    static Try tried(ResultSet row) throws SQLException {
        return new Try(
                time(row, "at"),
                Try.Result.of(row.getString("outcome")),
                row.getString("reason"),
                row.getLong("millis"));
    }

    static Target target(ResultSet row, int number) throws SQLException {
        return Target.of(kind(row.getString("kind")), row.getString("target"));
    }

    private static Message.About about(ResultSet row) throws SQLException {
        String id = row.getString("export");
        return new Message.About(
                ExportId.parse(id).orElseThrow(() -> new IllegalStateException("export: " + id)),
                row.getString("owner"),
                row.getString("dataset"));
    }

    /** Queries name the kinds that this version knows. */
    private static Target.Kind kind(String id) {
        return Target.Kind.of(id).orElseThrow(() -> new IllegalStateException("kind: " + id));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    private static @Nullable Instant timeIfAny(ResultSet row, String column) throws SQLException {
        return timeIfAny(row, row.findColumn(column));
    }

    static @Nullable Instant timeIfAny(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
