package dev.windrow.app;

import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.worker.queue.jdbc.QueueDatabase;

/** Opens the two databases where the settings say: SQLite files in the home, or both in one database server. */
final class Databases {
    /** JobRunr's own threads, besides one for each export. */
    private static final int JOBRUNR_THREADS = 6;

    private Databases() {}

    static StatusDatabase status(WindrowSettings settings, Home home) {
        WindrowSettings.Database database = settings.database();
        String url = database.url();
        return StatusDatabase.open(
                url == null ? "jdbc:sqlite:" + home.statusDatabase() : url, database.username(), database.password());
    }

    static QueueDatabase queue(WindrowSettings settings, Home home) {
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
}
