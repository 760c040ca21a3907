package dev.windrow.app.wiring;

import dev.windrow.app.home.Home;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.jdbc.JdbcAuditLog;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.url.JdbcUrl;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import java.io.UncheckedIOException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the two databases where the settings say: SQLite files in the home, or both in one database server. */
public final class Databases {
    /** JobRunr's own threads, besides one for each export. */
    private static final int JOBRUNR_THREADS = 6;

    private Databases() {}

    /** @param makeRoom as for {@link StatusDatabase#open(String, String, String, Runnable)} */
    public static StatusDatabase status(WindrowSettings settings, Home home, Runnable makeRoom) {
        WindrowSettings.Database database = settings.database();
        String url = database.url();
        try {
            return StatusDatabase.open(
                    url == null ? "jdbc:sqlite:" + home.statusDatabase() : JdbcUrl.checked(url),
                    database.username(),
                    database.password(),
                    makeRoom);
        } catch (ExportsUnavailableException | IllegalArgumentException | UncheckedIOException e) {
            throw refused(e);
        }
    }

    /** The audit, as this process writes and reads it. */
    public static AuditLog audit(StatusDatabase status) {
        return new JdbcAuditLog(JdbcClient.create(status.migrationSource()), status::reading, ProcessName.get());
    }

    /** Of the same url, which {@link #status} has checked. */
    public static QueueDatabase queue(WindrowSettings settings, Home home) {
        WindrowSettings.Database database = settings.database();
        String url = database.url();
        return url == null || database.isEmbedded()
                ? QueueDatabase.sqlite(home.queueDatabase())
                : QueueDatabase.server(
                        url,
                        database.username(),
                        database.password(),
                        settings.worker().exportsAtOnce() + JOBRUNR_THREADS);
    }

    private static RefusedStartException refused(RuntimeException cause) {
        return new RefusedStartException(
                cause.getMessage()
                        + "\nCorrect windrow.database.url (or windrow.home), or see that the database answers.",
                cause);
    }
}
