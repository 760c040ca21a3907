package dev.windrow.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.ExportId;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.BackgroundJobRequest;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.storage.InMemoryStorageProvider;
import org.jobrunr.storage.Paging;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a ring is to JobRunr, and what the bell is to other users of JobRunr in the process. */
final class BellTest {
    private static final ExportId EXPORT = new ExportId(UUID.fromString("0190b3f2-0000-7000-8000-000000000001"));

    @TempDir
    private Path folder;

    private QueueDatabase queue;
    private RingStore rings;

    /** A job of somebody else's. */
    record Greeting(String name) implements JobRequest {
        @Override
        public Class<Greeter> getJobRequestHandler() {
            return Greeter.class;
        }
    }

    static final class Greeter implements JobRequestHandler<Greeting> {
        @Override
        public void run(Greeting greeting) {}
    }

    @BeforeEach
    void open() {
        queue = QueueDatabase.sqlite(folder.resolve("queue.db"));
        RingStore.migrate(queue);
        rings = RingStore.open(queue);
    }

    @AfterEach
    void close() {
        rings.close();
        queue.close();
    }

    @Test
    void leavesTheStaticSchedulerToWhoeverHasIt() {
        InMemoryStorageProvider theirs = new InMemoryStorageProvider();
        theirs.setJobMapper(new JobMapper(new Jackson3JsonMapper()));
        // The constructor that has filters is also the one that puts it behind the static methods.
        var unused = new JobRequestScheduler(theirs, List.of());

        try (Bell bell = new Bell(rings, () -> {})) {
            bell.ring(EXPORT);
            var unusedId = BackgroundJobRequest.enqueue(new Greeting("world"));
            Awaitility.await().until(() -> rings.waiting() == 1);
        }

        assertThat(theirs.countJobs(StateName.ENQUEUED)).isEqualTo(1);
        assertThat(rings.waiting()).isEqualTo(1);
    }

    @Test
    void ringsByAJobThatIsNeverTriedAgain() {
        try (Bell bell = new Bell(rings, () -> {})) {
            bell.ring(EXPORT);
            Awaitility.await().until(() -> rings.waiting() == 1);
        }

        Job job = rings.storage()
                .getJobList(StateName.ENQUEUED, Paging.AmountBasedList.ascOnUpdatedAt(1))
                .get(0);
        assertThat(job.getJobName()).isEqualTo("ring");
        assertThat(job.getAmountOfRetries()).isZero();
        assertThat(job.getJobDetails().getJobParameterValues()).containsExactly(new Ring(EXPORT.toString()));
    }
}
