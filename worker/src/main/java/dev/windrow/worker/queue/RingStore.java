package dev.windrow.worker.queue;

import dev.windrow.common.statistics.Workers;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** JobRunr's tables in the queue's database. Thread-safe. */
public final class RingStore implements AutoCloseable, Workers {
    private static final Logger log = LoggerFactory.getLogger(RingStore.class);
    private static final String MIGRATIONS = "jobrunr_migrations";
    /** The lock's id is that of JobRunr's {@code DatabaseCreator}. */
    private static final String UNLOCK =
            "delete from " + MIGRATIONS + " where id = '00000000-0000-0000-0000-000000000000'";

    private final QueueDatabase database;
    private final StorageProvider storage;
    private final JsonMapper json;

    private RingStore(QueueDatabase database, DatabaseOptions options) {
        this.database = database;
        // A stored job names classes: whoever can write to the table must not choose which. RingMapper sees to it.
        this.json =
                new Jackson3JsonMapper(BasicPolymorphicTypeValidator.builder().allowIfSubType(Ring.class));
        this.storage = SqlStorageProviderFactory.using(database.dataSource(), database.tablePrefix(), options);
        storage.setJobMapper(new RingMapper(json));
    }

    /**
     * Makes the tables, or brings them to this version. Call it under {@link QueueDatabase#lockForMigration}.
     *
     * @throws IllegalStateException when the database can't be asked
     */
    public static void migrate(QueueDatabase database) {
        try (Connection connection = database.dataSource().getConnection()) {
            removeLockOfTheDead(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the queue's database can't be migrated", e);
        }
        new RingStore(database, DatabaseOptions.CREATE).close();
    }

    /**
     * While JobRunr migrates, a row of its table of migrations is its lock. If it is killed then, the row stays, and
     * JobRunr would refuse every later start until somebody deletes it.
     */
    private static void removeLockOfTheDead(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, connection.getSchema(), MIGRATIONS, null);
                Statement statement = connection.createStatement()) {
            if (tables.next() && statement.executeUpdate(UNLOCK) > 0) {
                log.warn("An earlier start was ended while it made the queue's tables: it is recovered");
            }
        }
    }

    /** @throws RuntimeException JobRunr's own, when its tables are missing */
    public static RingStore open(QueueDatabase database) {
        return new RingStore(database, DatabaseOptions.SKIP_CREATE);
    }

    /** Rings that no worker has answered yet. */
    public long waiting() {
        return storage.countJobs(StateName.ENQUEUED);
    }

    /** Forgets the rings whose worker died under them before that moment; JobRunr itself would keep them for good. */
    public void forgetLost(Instant before) {
        storage.deleteJobsPermanently(StateName.FAILED, before);
    }

    /** JobRunr's servers, which say every few seconds that they live. */
    @Override
    public List<Seen> seen() {
        return storage.getBackgroundJobServers().stream()
                .map(server -> new Seen(
                        server.getName(),
                        server.getWorkerPoolSize(),
                        server.getFirstHeartbeat(),
                        server.getLastHeartbeat()))
                .toList();
    }

    /** Tells the workers of other processes that there is a ring. */
    void announce() {
        database.announce();
    }

    StorageProvider storage() {
        return storage;
    }

    JsonMapper json() {
        return json;
    }

    @Override
    public void close() {
        storage.close();
    }
}
