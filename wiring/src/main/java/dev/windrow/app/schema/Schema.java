package dev.windrow.app.schema;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.worker.queue.RingStore;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The schema of this version: who makes it, and who only checks it. Two processes never make tables at once. A database
 * of a later version may be used as long as that version allows it, by the row of {@code schema_floor}: so old
 * processes go on, and start, beside new ones.
 */
public final class Schema {
    /** The newest of db-migrations. */
    public static final int VERSION = 15;

    private static final String MEND = "run `windrow migrate` on this home (or database) first";

    private static final String FLOOR = "select version from schema_floor";

    private Schema() {}

    /**
     * Brings both databases to this version. A status database of a later one is left as it is.
     *
     * @return the version that the status database is at now: this one, or a later one that allows this
     * @throws RefusedStartException where a later version does not allow this one
     */
    public static int migrate(StatusDatabase status, QueueDatabase queue) {
        try (QueueDatabase.MigrationLock ignored = queue.lockForMigration()) {
            int found = found(status);
            if (found > VERSION) {
                check(status);
            } else {
                migrate(status);
            }
            RingStore.migrate(queue);
            return Math.max(found, VERSION);
        }
    }

    private static void migrate(StatusDatabase status) {
        try {
            Flyway.configure()
                    .dataSource(status.migrationSource())
                    .locations("classpath:" + folder(status.migrationFolder()))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new RefusedStartException(
                    "The status database can't be brought to this version: " + firstLine(e)
                            + "; it was made by another version, or changed by hand: restore it, or name another windrow.home",
                    e);
        }
    }

    /**
     * Where the migrations are. An application that Windrow is in may have a Flyway of its own, which takes all that is
     * below {@code db/migration} for the application's; so its starter brings them elsewhere.
     */
    private static String folder(String database) {
        String apart = "dev/windrow/migrations/" + database;
        return Schema.class.getClassLoader().getResource(apart + "/V001__export.sql") == null
                ? "db/migration/" + database
                : apart;
    }

    /** Refuses a status database of an earlier version, and one of a later version that does not allow this. */
    public static void check(StatusDatabase status) {
        int found = found(status);
        if (found < VERSION) {
            throw new RefusedStartException("The status database has schema version " + found
                    + ", this version of Windrow needs " + VERSION + ": " + MEND);
        }
        int floor = found == VERSION ? VERSION : floor(status);
        if (floor > VERSION) {
            throw new RefusedStartException("The status database has schema version " + found
                    + ", which a Windrow of schema version " + floor + " or later may use, and this one is of "
                    + VERSION
                    + ": run a newer Windrow on it");
        }
    }

    /**
     * Reads nothing of all that this version reads and writes; cheap enough for a health check.
     *
     * @throws RuntimeException where a table or a column is missing, where the database can't be reached, or where it
     *     has come to a version that does not allow this one
     */
    public static void touch(StatusDatabase status) {
        int floor = status.reading(
                client -> client.sql(NeededColumns.TOUCH).query(Integer.class).single());
        if (floor > VERSION) {
            throw new IllegalStateException("a Windrow of schema version " + floor
                    + " or later may use it, and this one is of " + VERSION + ": run a newer Windrow");
        }
    }

    private static int found(StatusDatabase status) {
        return status.schemaVersion().orElse(0);
    }

    private static int floor(StatusDatabase status) {
        return status.reading(client -> client.sql(FLOOR).query(Integer.class).single());
    }

    private static String firstLine(FlywayException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
