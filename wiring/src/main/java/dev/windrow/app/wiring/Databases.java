package dev.windrow.app.wiring;

import dev.windrow.app.home.Home;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.jdbc.JdbcAuditLog;
import dev.windrow.common.clock.jdbc.DatabaseClock;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.preset.Presets;
import dev.windrow.common.preset.jdbc.JdbcPresets;
import dev.windrow.common.schedule.ScheduleRuns;
import dev.windrow.common.schedule.Schedules;
import dev.windrow.common.schedule.jdbc.JdbcScheduleRuns;
import dev.windrow.common.schedule.jdbc.JdbcSchedules;
import dev.windrow.common.url.JdbcUrl;
import dev.windrow.common.url.ServerAddress;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens the two databases where the settings say: SQLite files in the home, or both in one database server. */
public final class Databases {
    private Databases() {}

    /** @param makeRoom as for {@link StatusDatabase#open(String, String, String, Runnable)} */
    public static StatusDatabase status(WindrowSettings settings, Home home, Runnable makeRoom) {
        WindrowSettings.Database database = settings.database();
        String url = database.url();
        try {
            return database.isEmbedded()
                    ? StatusDatabase.open(
                            url == null ? "jdbc:sqlite:" + home.statusDatabase() : JdbcUrl.checkedOwn(url),
                            database.username(),
                            database.password(),
                            makeRoom)
                    : StatusDatabase.openServer(server(database), pooled(settings));
        } catch (ExportsUnavailableException | IllegalArgumentException | UncheckedIOException e) {
            throw refused(e);
        }
    }

    private static ServerAddress server(WindrowSettings.Database database) {
        return new ServerAddress(
                JdbcUrl.checkedOwn(String.valueOf(database.url())), database.username(), database.password());
    }

    /** A worker listens for rings on one more; before that, whoever makes the tables holds their lock on it. */
    private static int pooled(WindrowSettings settings) {
        int all = settings.database().pool();
        return settings.role().works() ? all - 1 : all;
    }

    /** The audit, as this process writes and reads it. */
    public static AuditLog audit(StatusDatabase status) {
        return new JdbcAuditLog(JdbcClient.create(status.migrationSource()), status::reading, ProcessName.get());
    }

    /** The schedules, as this process writes and reads them. */
    static Schedules schedules(StatusDatabase status) {
        return new JdbcSchedules(JdbcClient.create(status.migrationSource()), status::reading);
    }

    /** What they have started. */
    static ScheduleRuns scheduleRuns(StatusDatabase status) {
        return new JdbcScheduleRuns(JdbcClient.create(status.migrationSource()), status::reading);
    }

    /** The presets of all callers. */
    static Presets presets(StatusDatabase status) {
        return new JdbcPresets(JdbcClient.create(status.migrationSource()), status::reading);
    }

    /** Of the same url, which {@link #status} has checked. */
    public static QueueDatabase queue(WindrowSettings settings, Home home, StatusDatabase status) {
        WindrowSettings.Database database = settings.database();
        return database.isEmbedded()
                ? QueueDatabase.sqlite(home.queueDatabase())
                : QueueDatabase.server(server(database), status.connections());
    }

    /** What those who share a database have to agree on: its own time. In milliseconds, as the table keeps it. */
    static Clock clock(WindrowSettings settings, StatusDatabase status) {
        if (settings.database().isEmbedded()) {
            return Clock.tickMillis(ZoneOffset.UTC);
        }
        try {
            return DatabaseClock.open(status.connections());
        } catch (SQLException e) {
            throw new RefusedStartException(
                    "The database does not say what time it is: " + e.getMessage()
                            + "; see that it answers, and start again",
                    e);
        }
    }

    private static RefusedStartException refused(RuntimeException cause) {
        return new RefusedStartException(
                cause.getMessage()
                        + "\nCorrect windrow.database.url (or windrow.home), or see that the database answers.",
                cause);
    }
}
