package dev.windrow.app.wiring;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.worker.queue.RingStore;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The schema of this version: who makes it, and who only checks it. Two processes never make tables at once. */
public final class Schema {
    /** The newest of db-migrations. */
    public static final int VERSION = 7;

    private static final String MEND = "run `windrow migrate` on this home (or database) first";

    private Schema() {}

    /** Brings both databases to this version. */
    public static void migrate(StatusDatabase status, QueueDatabase queue) {
        try (QueueDatabase.MigrationLock ignored = queue.lockForMigration()) {
            migrate(status);
            RingStore.migrate(queue);
        }
    }

    private static void migrate(StatusDatabase status) {
        try {
            Flyway.configure()
                    .dataSource(status.migrationSource())
                    .locations("classpath:db/migration/" + status.migrationFolder())
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new RefusedStartException(
                    "The status database can't be brought to this version: " + firstLine(e)
                            + "; it was made by another version, or changed by hand: restore it, or name another windrow.home",
                    e);
        }
    }

    /** Refuses a status database of another version. */
    static void check(StatusDatabase status) {
        int found = status.schemaVersion().orElse(0);
        if (found != VERSION) {
            throw new RefusedStartException(
                    "The status database has schema version " + found + ", this version of Windrow needs " + VERSION
                            + (found < VERSION ? ": " + MEND : ": run a newer Windrow on it"));
        }
    }

    private static String firstLine(FlywayException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
