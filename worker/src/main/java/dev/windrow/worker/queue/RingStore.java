package dev.windrow.worker.queue;

import dev.windrow.worker.queue.jdbc.QueueDatabase;
import java.time.Instant;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** JobRunr's tables in the queue's database. Thread-safe. */
public final class RingStore implements AutoCloseable {
    private final StorageProvider storage;
    private final JsonMapper json;

    private RingStore(QueueDatabase database, DatabaseOptions options) {
        // A stored job names classes: whoever can write to the table must not choose which.
        this.json = new Jackson3JsonMapper(
                BasicPolymorphicTypeValidator.builder().allowIfSubType(Ring.class.getPackageName() + "."));
        this.storage = SqlStorageProviderFactory.using(database.dataSource(), null, options);
        storage.setJobMapper(new JobMapper(json));
    }

    /** Makes the tables, or brings them to this version. Never from two processes at once. */
    public static void migrate(QueueDatabase database) {
        new RingStore(database, DatabaseOptions.CREATE).close();
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
