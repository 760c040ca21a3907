package dev.windrow.api;

import dev.windrow.api.access.AbsentCallers;
import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Callers;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.CredentialReader;
import dev.windrow.api.access.PageHosts;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.api.access.PublicAddress;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.Terms;
import dev.windrow.api.access.gate.AccessConfiguration;
import dev.windrow.api.access.gate.Entrance;
import dev.windrow.api.access.token.TokenKeys;
import dev.windrow.api.access.token.TokenNames;
import dev.windrow.api.access.token.TokenRights;
import dev.windrow.api.limit.Limits;
import dev.windrow.api.link.LinkKeys;
import dev.windrow.api.page.PageTheme;
import dev.windrow.api.schedule.ScheduleSettings;
import dev.windrow.api.start.ArchiveSizes;
import dev.windrow.api.token.TokenConfiguration;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.artifact.DirectLinks;
import dev.windrow.common.artifact.Storage;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.jdbc.JdbcAuditLog;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportQueue;
import dev.windrow.common.export.ExportSizes;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.IdempotencyKeys;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Progress.Pace;
import dev.windrow.common.export.Retention;
import dev.windrow.common.export.Runs;
import dev.windrow.common.export.Warning;
import dev.windrow.common.export.jdbc.JdbcExportSizes;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcIdempotencyKeys;
import dev.windrow.common.export.jdbc.JdbcQuotas;
import dev.windrow.common.export.jdbc.JdbcRetention;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.outbox.Outbox;
import dev.windrow.common.outbox.SigningKey;
import dev.windrow.common.outbox.TargetCheck;
import dev.windrow.common.outbox.WebhookHosts;
import dev.windrow.common.outbox.jdbc.JdbcDeliveries;
import dev.windrow.common.outbox.jdbc.JdbcOutbox;
import dev.windrow.common.preset.Preset;
import dev.windrow.common.preset.Presets;
import dev.windrow.common.preset.jdbc.JdbcPresets;
import dev.windrow.common.quota.Quotas;
import dev.windrow.common.schedule.Schedule;
import dev.windrow.common.schedule.ScheduleRuns;
import dev.windrow.common.schedule.Schedules;
import dev.windrow.common.schedule.jdbc.JdbcScheduleRuns;
import dev.windrow.common.schedule.jdbc.JdbcSchedules;
import dev.windrow.common.source.RowSource;
import dev.windrow.common.statistics.Operations;
import dev.windrow.common.trace.NoTraces;
import dev.windrow.common.trace.Traces;
import dev.windrow.common.transaction.Transactions;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.FaultyNetwork;
import dev.windrow.testkit.Migrations;
import dev.windrow.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.catalina.connector.Connector;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The API on a real socket, with a real status table on a SQLite file and archives in a folder. The tests play the
 * worker. One for all tests of a run, which empty it before each.
 */
public final class ApiServer {
    public static final String OWNER = "local";
    /** What signs links. */
    public static final String SECRET = "the secret that signs links, and is long enough";

    public static final String OLD_SECRET = "the secret before this one, long enough, too";
    /** Called as the owner, with the rights that a key has by itself. */
    public static final Caller ORDINARY = new Caller(
            OWNER,
            new Rights(Set.of(Role.EXPORT.word()), null, Map.of(), Allowance.USUAL, Terms.NONE),
            new Credential(Credential.Kind.API_KEY, "key", null));

    public static final Duration LEASE = Duration.ofSeconds(15);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<Place, ApiServer> SHARED = new EnumMap<>(Place.class);

    public final Exports exports;
    public final Runs runs;
    public final Retention retention;
    public final AuditLog audit;
    public final Outbox outbox;
    public final Schedules schedules;
    public final ScheduleRuns scheduleRuns;
    public final Presets presets;
    public final TestArtifacts artifacts;
    public final SwitchableSource source = new SwitchableSource();
    public final List<ExportId> rings = new CopyOnWriteArrayList<>();
    public final SettableClock clock = new SettableClock(START);
    /** Who calls. */
    public volatile Caller caller = Caller.LOCAL;

    /** What callers may who have saved a schedule and are absent; null for nothing. */
    public volatile @Nullable Caller absent = Caller.LOCAL;

    public volatile boolean databaseAway;
    /** Whether no row of the audit can be written. */
    public volatile boolean auditAway;
    /** What the service asked of the status table, by the names of the port's methods. */
    public final Queue<String> calls = new ConcurrentLinkedQueue<>();
    /** Calls that failed because of it. */
    public final AtomicInteger refused = new AtomicInteger();
    /** What happens when a list has been read, before it is shown. */
    public volatile Runnable afterList = () -> {};
    /** What happens when an export has been read, before it is used. */
    public volatile Runnable afterFind = () -> {};
    /** How everything stands; null while nobody knows. */
    public volatile Operations.@Nullable Overview overview;

    /** Bytes of disk that may still be used. */
    public volatile long left = Long.MAX_VALUE;

    private final ExportSizes sizes;
    private final IdempotencyKeys keys;
    private final Transactions transactions;
    private final Quotas quotas;
    private final AtomicLong ids = new AtomicLong();
    private int port;
    private Connector copying;
    private ConfigurableApplicationContext context;

    private final DirectLinks links;
    private final Deliveries deliveries;

    /** Where archives are, and how they are given. */
    public enum Place {
        FOLDER,
        BUCKET,
        /** In a bucket, and who asks plainly is sent there. */
        REDIRECT
    }

    static {
        // What is waited for comes at once, or after a moment in which the machine has other things to do.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    private ApiServer(Path home, Place place) throws IOException {
        StatusDatabase database = StatusDatabase.open("jdbc:sqlite:" + home.resolve("windrow.db"), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
        exports = new JdbcExports(database, clock);
        runs = new JdbcRuns(database);
        sizes = new JdbcExportSizes(database);
        retention = new JdbcRetention(database);
        keys = new JdbcIdempotencyKeys(database);
        transactions = database.transactions();
        quotas = new JdbcQuotas(database);
        JdbcClient writer = JdbcClient.create(database.migrationSource());
        deliveries = new JdbcDeliveries(writer, database::reading);
        outbox = new JdbcOutbox(writer, database::reading, database.transactions());
        schedules = new JdbcSchedules(writer, database::reading);
        scheduleRuns = new JdbcScheduleRuns(writer, database::reading);
        presets = new JdbcPresets(writer, database::reading);
        audit = new JdbcAuditLog(JdbcClient.create(database.migrationSource()), database::reading, "api-under-test");
        BucketArtifacts bucket = place == Place.FOLDER ? null : BucketArtifacts.open();
        artifacts = bucket == null ? new FolderArtifacts(Files.createDirectory(home.resolve("artifacts"))) : bucket;
        links = bucket != null && place == Place.REDIRECT ? bucket.links() : DirectLinks.NONE;
    }

    /** One more, with these settings; it ends with the process, or when it is stopped. */
    public static ApiServer start(String... settings) {
        return start(Place.FOLDER, settings);
    }

    private static ApiServer start(Place place, String... settings) {
        try {
            ApiServer server = new ApiServer(Files.createTempDirectory("windrow-api"), place);
            server.serve(settings);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(String... settings) {
        SpringApplication application = new SpringApplication(TestApplication.class);
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(ApiServer.class, () -> this));
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.addAll(
                List.of(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        // Few, so that whatever holds one is noticed.
                        "--server.tomcat.threads.max=8",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn",
                        "--logging.level.org.springframework.web.servlet.PageNotFound=error",
                        "--logging.level.org.springframework.boot.webmvc.autoconfigure.WelcomePageHandlerMapping=error",
                        "--logging.level.dev.windrow=off",
                        "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"));
        context = application.run(arguments.toArray(String[]::new));
        port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    /** The running server, emptied. */
    public static ApiServer empty() {
        return empty(Place.FOLDER);
    }

    /** The same with archives in another place. */
    public static synchronized ApiServer empty(Place place) {
        ApiServer server = SHARED.computeIfAbsent(place, ApiServer::start);
        server.clear();
        return server;
    }

    private void clear() {
        exports.list(OWNER, Exports.Filter.ALL, null, 10_000)
                .forEach(one -> exports.delete(one.export().id(), OWNER));
        network().ifPresent(FaultyNetwork::heal);
        artifacts.clear();
        rings.clear();
        calls.clear();
        caller = Caller.LOCAL;
        absent = Caller.LOCAL;
        schedules.list(null, null, 1_000).forEach(this::forget);
        presets.list(OWNER).forEach(this::forget);
        databaseAway = false;
        auditAway = false;
        overview = null;
        afterList = () -> {};
        afterFind = () -> {};
        left = Long.MAX_VALUE;
        source.reset();
        clock.set(START);
    }

    private void forget(Schedule schedule) {
        boolean unused = transactions.inOne(() -> schedules.remove(schedule.identity()), Optional::empty);
    }

    private void forget(Preset preset) {
        boolean unused = transactions.inOne(() -> presets.remove(preset.owner(), preset.name()), Optional::empty);
    }

    /** What is between it and its bucket, where it has one. */
    public Optional<FaultyNetwork> network() {
        return artifacts instanceof BucketArtifacts bucket ? Optional.of(bucket.network) : Optional.empty();
    }

    public void stop() {
        context.close();
    }

    public int port() {
        return port;
    }

    /** Where the same API is served without sendfile. */
    public int copyingPort() {
        return copying.getLocalPort();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Claims the next export, as a worker would. */
    public Export claim() {
        return runs.claimNext("test", clock.instant(), LEASE).orElseThrow();
    }

    public void progress(Export claimed, long rows, Long total, Double percent, long rate) {
        Progress progress =
                new Progress(Phase.ROWS, rows, total, percent, rows * 10, new Pace(rate, clock.instant()), null);
        runs.progress(claimed.lastClaim(), progress, clock.instant().plus(LEASE));
    }

    /** Completes a claimed export with these bytes as its archive. */
    public Artifact complete(Export claimed, byte[] archive, Warning... warnings) {
        return complete(claimed, artifacts.name(), archive, warnings);
    }

    /** As {@link #complete(Export, byte[], Warning...)}, by a worker that calls its store that. */
    public Artifact complete(Export claimed, String store, byte[] archive, Warning... warnings) {
        Claim claim = claimed.lastClaim();
        Artifact artifact = Artifact.zip(
                        claim, archive.length, Digests.hex(archive), List.of(new Artifact.Entry("readings.csv", 7, 70)))
                .in(store);
        artifacts.put(artifact.key(), archive);
        artifacts.put(artifact.blocksKey(), "{}".getBytes(StandardCharsets.US_ASCII));
        complete(claimed, artifact, warnings);
        return artifact;
    }

    /** Completes a claimed export with an archive that is in the store. */
    public void complete(Export claimed, Artifact artifact, Warning... warnings) {
        Claim claim = claimed.lastClaim();
        runs.intend(claim, artifact, List.of(warnings), null, clock.instant());
        Progress progress =
                new Progress(Phase.DONE, 7, 7L, 100.0, artifact.bytes(), new Pace(0, clock.instant()), null);
        runs.complete(
                claim, artifact, progress, clock.instant(), clock.instant().plus(Duration.ofDays(7)));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({AccessConfiguration.class, ApiConfiguration.class, TokenConfiguration.class})
    static class TestApplication {
        @Bean
        Traces traces() {
            return NoTraces.NONE;
        }

        @Bean
        Entrance entrance(@Value("${test.entrance:OPEN}") Entrance entrance) {
            return entrance;
        }

        @Bean
        TestKeys testKeys() {
            return new TestKeys();
        }

        @Bean
        TokenKeys tokenKeys() {
            return new TokenKeys(List.of(SECRET));
        }

        @Bean
        TokenNames tokenNames(TestKeys keys) {
            return new TokenNames(keys, Set.of("idp"));
        }

        @Bean
        TokenRights tokenRights() {
            return new TokenRights(new Allowance(60, 5, null, null));
        }

        @Bean
        CredentialReader wordsOfATest() {
            return new WordsOfATest();
        }

        @Bean
        PageOrigins pageOrigins() {
            return new PageOrigins(List.of("https://shop.example"));
        }

        @Bean
        PageTheme pageTheme() {
            return PageTheme.USUAL;
        }

        @Bean
        PageHosts pageHosts() {
            return new PageHosts(List.of("exports.example"));
        }

        @Bean
        @Primary
        Callers callersOfTests(ApiServer server, Entrance entrance, @Qualifier("callers") Callers shown) {
            return entrance == Entrance.OPEN ? request -> caller(server, request.getHeader("X-Caller")) : shown;
        }

        /** Who a test says it is, in a header of a name, a blank and a role. */
        private static Caller caller(ApiServer server, @Nullable String header) {
            if (header == null) {
                return server.caller;
            }
            String[] words = header.split(" ");
            Rights rights = new Rights(Set.of(words[1]), null, Map.of(), Allowance.USUAL, Terms.NONE);
            return new Caller(words[0], rights, new Credential(Credential.Kind.API_KEY, words[0] + "-key", null));
        }

        @Bean
        Operations operations(ApiServer server) {
            return () -> Optional.ofNullable(server.overview);
        }

        @Bean
        Deliveries deliveries(ApiServer server) {
            return server.deliveries;
        }

        @Bean
        TargetCheck webhooks() {
            return new WebhookHosts(Set.of("billing"), List.of("hooks.example.com"), List.of());
        }

        @Bean
        SigningKey signingKey() {
            return SigningKey.of(new byte[32]);
        }

        @Bean
        LinkKeys linkKeys() {
            return new LinkKeys(List.of(SECRET, OLD_SECRET));
        }

        @Bean
        PublicAddress publicAddress(PageHosts hosts, @Value("${test.page.url:}") String url) {
            return new PublicAddress(url, hosts);
        }

        /** As the one connector, but it copies: the container may not use sendfile on it. */
        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> copying(ApiServer server) {
            return factory -> {
                Connector copying = new Connector();
                copying.setPort(0);
                copying.setProperty("address", "127.0.0.1");
                copying.setProperty("useSendfile", "false");
                server.copying = copying;
                factory.addAdditionalConnectors(copying);
            };
        }

        @Bean
        Catalog catalog() {
            return TestCatalog.create();
        }

        @Bean
        Retention retention(ApiServer server) {
            return server.retention;
        }

        @Bean
        Exports exports(ApiServer server) {
            return (Exports) Proxy.newProxyInstance(
                    Exports.class.getClassLoader(), new Class<?>[] {Exports.class}, (proxy, method, arguments) -> {
                        if (server.databaseAway) {
                            server.refused.incrementAndGet();
                            throw new ExportsUnavailableException("windrow.db is locked", new IllegalStateException());
                        }
                        server.calls.add(method.getName());
                        Object result = method.invoke(server.exports, arguments);
                        if (method.getName().equals("list")) {
                            server.afterList.run();
                        } else if (method.getName().matches("find|look")) {
                            server.afterFind.run();
                        }
                        return result;
                    });
        }

        @Bean
        Transactions transactions(ApiServer server) {
            return server.transactions;
        }

        @Bean
        AuditLog audit(ApiServer server) {
            return (AuditLog) Proxy.newProxyInstance(
                    AuditLog.class.getClassLoader(), new Class<?>[] {AuditLog.class}, (proxy, method, arguments) -> {
                        if (server.auditAway && method.getName().equals("append")) {
                            throw new ExportsUnavailableException("windrow.db is locked", new IllegalStateException());
                        }
                        try {
                            return method.invoke(server.audit, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Bean
        ExportSizes sizes(ApiServer server) {
            return server.sizes;
        }

        @Bean
        Storage storage(ApiServer server) {
            return new Storage() {
                @Override
                public long left() {
                    return server.left;
                }

                @Override
                public boolean isFull() {
                    return false;
                }

                @Override
                public void relieve() {}

                @Override
                public void restock() {}
            };
        }

        @Bean
        Schedules schedules(ApiServer server) {
            return server.schedules;
        }

        @Bean
        ScheduleRuns scheduleRuns(ApiServer server) {
            return server.scheduleRuns;
        }

        @Bean
        ArchiveSizes archiveSizes() {
            return new SevenBytes();
        }

        @Bean
        Presets presets(ApiServer server) {
            return server.presets;
        }

        @Bean
        ScheduleSettings scheduleSettings() {
            return new ScheduleSettings(Duration.ofDays(90), Duration.ofMillis(50));
        }

        /** Whoever has saved a schedule may still do what the server's caller may. */
        @Bean
        AbsentCallers absentCallers(ApiServer server) {
            return (kept, shown) -> Optional.ofNullable(server.absent)
                    .map(now -> new Caller(kept.name(), now.rights(), now.credential()));
        }

        @Bean
        IdempotencyKeys keys(ApiServer server) {
            return server.keys;
        }

        @Bean
        Quotas quotas(ApiServer server) {
            return server.quotas;
        }

        /** Five numbers with commas between, or none: starts a minute, active, rows, bytes; and all that wait. */
        @Bean
        Limits limits(@Value("${test.limits:}") String text) {
            String[] given = text.split(",", -1);
            if (given.length < 5) {
                return Limits.NONE;
            }
            Allowance each = new Allowance(whole(given[0]), whole(given[1]), big(given[2]), big(given[3]));
            return new Limits(each, whole(given[4]));
        }

        private static Integer whole(String text) {
            return text.isEmpty() ? null : Integer.valueOf(text);
        }

        private static Long big(String text) {
            return text.isEmpty() ? null : Long.valueOf(text);
        }

        @Bean
        ArtifactStore artifacts(ApiServer server) {
            return server.artifacts;
        }

        @Bean
        DirectLinks directLinks(ApiServer server) {
            return server.links;
        }

        @Bean
        Artifact.Store ownStore(ArtifactStore artifacts) {
            return new Artifact.Store(artifacts.name(), true);
        }

        @Bean
        RowSource source(ApiServer server) {
            return server.source;
        }

        @Bean
        ExportQueue queue(ApiServer server) {
            return server.rings::add;
        }

        @Bean
        Clock clock(ApiServer server) {
            return server.clock;
        }

        @Bean
        Supplier<ExportId> exportIds(ApiServer server) {
            return () -> new ExportId(
                    new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0000L | server.ids.incrementAndGet()));
        }
    }
}
