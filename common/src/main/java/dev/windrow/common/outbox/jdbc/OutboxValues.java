package dev.windrow.common.outbox.jdbc;

import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Note;
import dev.windrow.common.outbox.Outbox;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Try;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/**
 * Values by the names that {@link OutboxSql} has for them. What may be null has its type, since PostgreSQL can't guess
 * it.
 */
final class OutboxValues {
    private OutboxValues() {}

    static MapSqlParameterSource of(Note note) {
        return new MapSqlParameterSource("note", note.id())
                .addValue("export", note.about().export().toString())
                .addValue("sequence", note.happening().sequence());
    }

    static MapSqlParameterSource of(Note note, Outbox.Draft message) {
        return of(note).addValue("id", message.id())
                .addValue("owner", note.about().owner())
                .addValue("dataset", note.about().dataset())
                .addValue("kind", message.target().kind().id())
                .addValue("target", message.target().name())
                .addValue("language", message.target().language(), Types.VARCHAR)
                .addValue("type", note.happening().type())
                .addValue("payload", message.payload());
    }

    static MapSqlParameterSource of(Message claimed) {
        return new MapSqlParameterSource("id", claimed.id())
                .addValue("claim", claimed.standing().claim());
    }

    static MapSqlParameterSource of(Message claimed, Try last) {
        return of(claimed)
                .addValue("at", last.at().toEpochMilli())
                .addValue("outcome", last.result().id())
                .addValue("reason", last.reason(), Types.VARCHAR)
                .addValue("millis", last.millis())
                .addValue("most", Deliveries.MOST_TRIES);
    }

    static List<String> ids(Collection<Target.Kind> kinds) {
        return kinds.stream().map(Target.Kind::id).toList();
    }
}
