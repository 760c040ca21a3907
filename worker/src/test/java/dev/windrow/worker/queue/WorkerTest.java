package dev.windrow.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.access.Standing;
import dev.windrow.common.artifact.disk.DiskArtifactStore;
import dev.windrow.common.artifact.disk.DiskStorage;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.State;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.source.jdbc.JdbcRowSource;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.statistics.Workers;
import dev.windrow.common.trace.NoTraces;
import dev.windrow.testkit.Migrations;
import dev.windrow.worker.archive.DeflatePool;
import dev.windrow.worker.files.RunSpace;
import dev.windrow.worker.files.WorkFiles;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import dev.windrow.worker.run.ExportRunner;
import dev.windrow.worker.run.RunResources;
import dev.windrow.worker.run.RunSettings;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.server.JobSteward;
import org.jobrunr.server.tasks.steward.OnboardNewWorkTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bell and who answers it, with JobRunr itself on a file of its own. */
final class WorkerTest {
    private static final String OWNER = "local";
    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");

    @TempDir
    private Path folder;

    private final SourceConnections connections = new SourceConnections();
    private final DeflatePool deflate = new DeflatePool(1);
    private StatusDatabase database;
    private JdbcExports exports;
    private JdbcRuns runs;
    private QueueDatabase queue;
    private RingStore rings;
    private ExportRunner runner;
    private Worker worker;
    private Bell bell;

    @BeforeEach
    void start() throws Exception {
        database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        exports = new JdbcExports(database, clock);
        runs = new JdbcRuns(database);
        queue = QueueDatabase.sqlite(folder.resolve("queue.db"));
        RingStore.migrate(queue);
        rings = RingStore.open(queue);
        RunSettings settings = new RunSettings(
                "test",
                6,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ZERO,
                Duration.ofDays(7),
                "Windrow test");
        Path work = Files.createDirectories(folder.resolve("work"));
        DiskStorage storage = new DiskStorage(
                work, folder.resolve("artifacts"), folder.resolve("ballast"), new DiskStorage.Limits(0L, null));
        RunResources resources = new RunResources(
                new JdbcRowSource(connections),
                new DiskArtifactStore(folder.resolve("artifacts")),
                new WorkFiles(work),
                new RunSpace(storage),
                deflate,
                clock,
                settings);
        runner = new ExportRunner(runs, new Catalog(List.of()), resources, Standing.ALWAYS, NoTraces.NONE);
        worker = new Worker(rings, queue, runner, Set::of, "test", 1);
        bell = new Bell(rings, worker::wake);
        worker.start();
        await().atMost(Duration.ofSeconds(60)).until(worker::isRunning);
    }

    @AfterEach
    void stop() {
        bell.close();
        worker.close();
        runner.close();
        rings.close();
        queue.close();
        deflate.close();
        connections.close();
        database.close();
    }

    @Test
    void answersEveryRingOnceHoweverOftenItIsRung() {
        ExportId id = queue(1);
        bell.ring(id);
        bell.ring(id);
        bell.ring(id);

        await().atMost(Duration.ofSeconds(60)).until(() -> rings.waiting() == 0 && ended(id));
        assertThat(exports.find(id, OWNER).map(export -> export.lastClaim().number()))
                .contains(1L);
    }

    @Test
    void worksOffAllThatIsDueOnOneRing() {
        List<ExportId> waiting =
                LongStream.rangeClosed(1, 5).mapToObj(this::queue).toList();
        bell.ring(waiting.get(0));

        await().atMost(Duration.ofSeconds(60)).until(() -> waiting.stream().allMatch(this::ended));
    }

    @Test
    void leavesOutRingsThatWouldBeAnsweredWhenNothingIsLeftToDo() {
        worker.close();
        ExportId id = queue(1);
        IntStream.range(0, 35).forEach(i -> bell.ring(id));
        await().atMost(Duration.ofSeconds(60)).until(() -> rings.waiting() == 35);
        IntStream.range(0, 35).forEach(i -> bell.ring(id));
        await().atMost(Duration.ofSeconds(60)).until(() -> rings.waiting() == 64);
        bell.close();

        assertThat(rings.waiting()).isEqualTo(64);
    }

    @Test
    void looksAgainAfterAnErrorInItsLook() {
        AtomicInteger errors = new AtomicInteger();
        rings.storage().setJobMapper(new JobMapper(rings.json()) {
            @Override
            public Job deserializeJob(String job) {
                if (Thread.currentThread().getName().equals("windrow-waker")) {
                    errors.incrementAndGet();
                    throw new NoClassDefFoundError("of a class that is gone");
                }
                return super.deserializeJob(job);
            }
        });
        ExportId id = queue(1);

        await().atMost(Duration.ofSeconds(60)).until(() -> {
            bell.ring(id);
            return errors.get() > 1;
        });
    }

    @Test
    void runsNothingThatAStrangersRowNamesAndGoesOnWithItsOwn() throws SQLException {
        String canary = "dev.windrow.worker.queue.Canary";
        String ring = Ring.class.getName();
        String handler = RingHandler.class.getName();
        List<UUID> rows = Stream.of(
                        stranger("java.lang.System", null, "setProperty", "java.lang.String", "java.lang.String"),
                        stranger(canary, null, "call"),
                        stranger(canary, null, "run", canary),
                        stranger(canary, "FIELD", "run", canary),
                        stranger(handler, null, "run", canary),
                        stranger(handler, null, "toString"),
                        stranger(handler, "log", "run", ring),
                        stranger(handler, null, "run", ring, ring))
                .map(job -> rings.storage().save(job).getId())
                .toList();
        String twice = "'{\"jobDetails\":{\"className\":\"" + canary
                + "\",\"methodName\":\"run\",\"jobParameters\":[{\"className\":\"" + canary
                + "\",\"actualClassName\":\"" + canary + "\",\"object\":{}}]},' || substr(jobAsJson, 2)";
        sql("update jobrunr_jobs set jobAsJson = " + twice + " where id = '" + rows.get(0) + "'");
        sql(
                "update jobrunr_jobs set jobAsJson = replace(jobAsJson, '\"metadata\":{', '\"metadata\":{\"x\":{\"@class\":\""
                        + canary + "\"},') where id = '" + rows.get(1) + "'");
        ExportId id = queue(1);
        bell.ring(id);

        await().atMost(Duration.ofSeconds(60)).until(() -> rings.waiting() == 0 && ended(id));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rows.stream()
                        .allMatch(row -> rings.storage().getJobById(row).hasState(StateName.SUCCEEDED)));
        assertThat(System.getProperty(Canary.TOLD)).isNull();
        assertThat(System.getProperty("1")).isNull();
    }

    private static Job stranger(String type, @Nullable String field, String method, String... parameters) {
        List<JobParameter> texts = Stream.of(parameters)
                .map(parameter -> new JobParameter(parameter, parameter, "1"))
                .toList();
        return new Job(new JobDetails(type, field, method, texts), new EnqueuedState());
    }

    /** JobRunr's task does nothing while it runs already, and what runs may have looked before the ring was there. */
    @Test
    void isNotContentWithALookThatWasUnderWayBeforeTheRing() throws Exception {
        WakefulServer server = (WakefulServer) field(worker, Worker.class, "server");
        Object task = field(server.getJobSteward(), JobSteward.class, "onboardNewWorkTask");
        Lock looking = (Lock) field(task, OnboardNewWorkTask.class, "reentrantLock");
        looking.lock();
        try {
            bell.ring(queue(1));
            await().atMost(Duration.ofSeconds(60)).until(() -> rings.waiting() == 1);

            assertThat(CompletableFuture.supplyAsync(server::wake).join()).isFalse();
        } finally {
            looking.unlock();
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> rings.waiting() == 0);
        assertThat(server.wake()).isTrue();
    }

    private static Object field(Object owner, Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    @Test
    void keepsNobodyWaitingWhileAnotherProgramHasTheQueueLocked() throws SQLException {
        ExportId id = queue(1);
        try (Connection other = open();
                Statement lock = other.createStatement()) {
            lock.execute("begin immediate");
            // More than may wait to be rung: a ring that waited for the lock would not come back before its own wait
            // has failed.
            IntStream.range(0, 70).forEach(i -> bell.ring(id));
            assertThat(rings.waiting()).isZero();
            lock.execute("rollback");
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> ended(id));
    }

    @Test
    void startsJobRunrAgainWhenItHasSwitchedItselfOffAndIsNotReadyMeanwhile() throws SQLException {
        sql("alter table jobrunr_backgroundjobservers rename to gone");
        await().atMost(Duration.ofSeconds(60)).until(() -> !worker.isRunning());
        sql("alter table gone rename to jobrunr_backgroundjobservers");

        await().atMost(Duration.ofSeconds(60)).until(worker::isRunning);

        ExportId id = queue(2);
        bell.ring(id);
        await().atMost(Duration.ofSeconds(60)).until(() -> ended(id));
    }

    /** JobRunr says that it runs, and hangs in a statement. */
    @Test
    void isNotReadyWhileJobRunrGetsNothingDone() throws SQLException {
        worker.close();
        worker = new Worker(rings, queue, runner, Set::of, "test", 1, Duration.ofSeconds(8));
        worker.start();
        await().atMost(Duration.ofSeconds(60)).until(worker::isRunning);
        try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("queue.db"));
                Statement statement = foreign.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            statement.execute("begin immediate");
            // JobRunr gives up by itself after thirty.
            await().atMost(Duration.ofSeconds(20)).until(() -> !worker.isRunning());
            statement.execute("rollback");
        }
        await().atMost(Duration.ofSeconds(60)).until(worker::isRunning);
    }

    /** JobRunr interrupts whom it can't wait for when it switches itself off: the run has nothing to do with that. */
    @Test
    void goesOnWithARunWhoseRingWasInterrupted() {
        ExportId first = queue(1);
        ExportId second = queue(2);
        ExecutorService threads = Executors.newSingleThreadExecutor();

        Thread.currentThread().interrupt();
        new RingHandler(runner, Set::of, threads).run(new Ring(first.toString()));

        assertThat(Thread.interrupted()).isTrue();
        await().atMost(Duration.ofSeconds(60)).until(() -> ended(first) && ended(second));
        threads.shutdown();
    }

    @Test
    void isSeenByItsNameUntilItEnds() {
        Workers.Seen seen = rings.seen().get(0);
        assertThat(seen.name()).isEqualTo("test");
        assertThat(seen.concurrency()).isOne();
        assertThat(seen.heard()).isAfterOrEqualTo(seen.since()).isAfter(NOW);
        assertThat(rings.seen()).hasSize(1);

        worker.close();

        assertThat(rings.seen()).isEmpty();
    }

    @Test
    void stopsAsSoonAsNothingRuns() {
        long began = System.nanoTime();

        worker.close();

        // JobRunr would wait five for a job that does not end.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        assertThat(worker.isRunning()).isFalse();
    }

    @Test
    @Timeout(25)
    void stopsThoughAnotherProgramHasTheQueueLocked() throws SQLException {
        try (Connection other = open();
                Statement lock = other.createStatement()) {
            lock.execute("begin immediate");
            // JobRunr takes its server off the list, and waits for that as long as the busy_timeout, of 30 s.
            worker.close();
            assertThat(worker.isRunning()).isFalse();
            lock.execute("rollback");
        }
    }

    /** An export of a dataset that there is not: it ends, failed, as soon as it is run. */
    private ExportId queue(long number) {
        ExportId id = new ExportId(new UUID(NOW.toEpochMilli() << 16 | 0x7000L, 0x8000_0000_0000_0000L | number));
        exports.insert(Export.queued(
                id,
                OWNER,
                new ExportRequest("gone", Format.CSV, Map.of(), List.of("n"), FormatOptions.DEFAULT, "gone.zip"),
                NOW));
        return id;
    }

    private boolean ended(ExportId id) {
        return exports.find(id, OWNER)
                .map(Export::state)
                .filter(State.FAILED::equals)
                .isPresent();
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("queue.db") + "?busy_timeout=10000");
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
