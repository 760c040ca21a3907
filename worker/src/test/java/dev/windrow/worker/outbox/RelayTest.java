package dev.windrow.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.jdbc.JdbcAuditLog;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.outbox.Deliveries.Delivery;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Outbox;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Target.Kind;
import dev.windrow.common.outbox.Try;
import dev.windrow.common.outbox.jdbc.JdbcDeliveries;
import dev.windrow.common.outbox.jdbc.JdbcOutbox;
import dev.windrow.testkit.Migrations;
import dev.windrow.worker.outbox.Addressing.Subscription;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Messages on their way, over a real status table. */
final class RelayTest {
    private static final Relay.Timing OFTEN = new Relay.Timing(Duration.ofMillis(20), Duration.ofSeconds(30));
    private static final Map<String, Subscription> WEBHOOKS = Map.of(
            "billing", new Subscription(Addressing.USUAL, false),
            "all", new Subscription(Set.of("export.cancelled", "delivery.failed"), true));

    @TempDir
    private Path folder;

    private final Clock clock = Clock.systemUTC();
    private final List<Message> carried = new CopyOnWriteArrayList<>();
    private final List<Relay> relays = new ArrayList<>();
    private StatusDatabase database;
    private JdbcOutbox outbox;
    private JdbcDeliveries deliveries;
    private AuditLog audit;
    private JdbcExports exports;
    private JdbcRuns runs;
    private long ids;

    @BeforeEach
    void open() {
        database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
        JdbcClient writer = JdbcClient.create(database.migrationSource());
        outbox = new JdbcOutbox(writer, database::reading, database.transactions());
        deliveries = new JdbcDeliveries(writer, database::reading);
        audit = new JdbcAuditLog(writer, database::reading, "here");
        exports = new JdbcExports(database, clock);
        runs = new JdbcRuns(database);
    }

    @AfterEach
    void close() {
        relays.forEach(Relay::close);
        database.close();
    }

    @Test
    void tellsWhoeverTheStartNamed() {
        relay(OFTEN, message -> Outcome.done());
        Claim claim = failed("billing");

        Delivery delivery = ended(claim.id(), "billing");
        assertThat(delivery.message().standing().state()).isEqualTo(Message.State.DONE);
        assertThat(delivery.tries()).extracting(Try::result).containsExactly(Try.Result.DONE);
        assertThat(carried)
                .extracting(Message::id)
                .containsExactly(delivery.message().id());
        assertThat(carried.get(0).event().payload())
                .contains("\"type\":\"export.failed\"", "\"id\":\"" + claim.id() + '"', "\"dataset\":\"orders\"")
                .contains("\"type\":\"/problems/storage-full\"", "\"file\":null")
                .contains("\"self\":\"https://example.com/exports/api/v1/exports/" + claim.id() + '"')
                .doesNotContain("parameters", "s3cret");
        assertThat(audit.list(AuditLog.Filter.ALL, null, 10))
                .extracting(row -> row.event().action()
                        + ' '
                        + row.event().amount().part()
                        + ' '
                        + row.event().outcome())
                .containsExactly("delivery webhook billing done");
    }

    @Test
    void tellsSubscribersOfEverybodysExportsAndNobodyElse() {
        relay(OFTEN, message -> Outcome.done());
        Claim claim = running("billing");
        exports.cancel(claim.id(), "ann", clock.instant());
        ended(claim.id(), "all");
        assertThat(deliveries.of(claim.id(), null, 10)).hasSize(1);
        Claim silent = failed();
        await().until(() -> outbox.notes(10).isEmpty());
        assertThat(deliveries.of(silent.id(), null, 10)).isEmpty();
    }

    @Test
    void triesAgainByTheScheduleAndGivesUpAfterTheLast() {
        relay(OFTEN, message -> message.target().name().equals("all") ? Outcome.done() : Outcome.again("answered 503"));
        Claim claim = failed("billing");
        Delivery delivery = ended(claim.id(), "billing");
        assertThat(delivery.message().standing().state()).isEqualTo(Message.State.GIVEN_UP);
        assertThat(delivery.tries())
                .extracting(Try::reason)
                .containsExactly("answered 503", "answered 503", "answered 503");
        // Who subscribed to that hears of it.
        Delivery told = ended(claim.id(), "all");
        assertThat(told.message().event().type()).isEqualTo("delivery.failed");
        assertThat(told.message().event().payload()).contains("\"target\":\"billing\"", "answered 503");
        assertThat(told.message().id()).isNotEqualTo(delivery.message().id());
    }

    @Test
    void stopsAtOnceWhereTheTargetSaysSo() {
        relay(OFTEN, message -> Outcome.stop("answered 410"));
        Delivery delivery = ended(failed("billing").id(), "billing");
        assertThat(delivery.message().standing().state()).isEqualTo(Message.State.GIVEN_UP);
        assertThat(delivery.tries()).hasSize(1);
    }

    @Test
    void survivesACarrierThatFailsByADefect() {
        relay(OFTEN, message -> {
            throw new IllegalStateException("path /secret/of/this/machine");
        });
        Delivery delivery = ended(failed("billing").id(), "billing");
        assertThat(delivery.tries()).extracting(Try::reason).containsOnly("a defect of the service");
    }

    @Test
    void holdsUpNobodyForOneThatIsSlow() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        relay(OFTEN, message -> {
            if (message.target().name().equals("billing")) {
                over.await();
            }
            return Outcome.done();
        });
        for (int i = 0; i < 5; i++) {
            var unused = failed("billing");
        }
        Claim other = running();
        exports.cancel(other.id(), "ann", clock.instant());
        assertThat(ended(other.id(), "all").message().standing().state()).isEqualTo(Message.State.DONE);
        // Two of five: a target has no more threads than that.
        assertThat(carried)
                .filteredOn(message -> message.target().name().equals("billing"))
                .hasSize(2);
        over.countDown();
        await().until(() -> carried.size() == 6);
    }

    /** More of them than are carried at once over all targets. */
    @Test
    void holdsUpNobodyForManyAddressesOfOneSlowHost() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        relay(OFTEN, message -> {
            if (message.target().name().startsWith("https://slow.example/")) {
                over.await();
            }
            return Outcome.done();
        });
        for (int i = 0; i < 20; i++) {
            var unused = failed("https://slow.example/" + i);
        }
        Claim other = failed("billing");
        assertThat(ended(other.id(), "billing").message().standing().state()).isEqualTo(Message.State.DONE);
        assertThat(carried).hasSize(3);
        over.countDown();
        await().until(() -> carried.size() == 21);
    }

    @Test
    void handsBackWhatAnEndInterrupts() {
        CountDownLatch never = new CountDownLatch(1);
        Relay relay = relay(OFTEN, message -> {
            never.await();
            return Outcome.done();
        });
        Claim claim = failed("billing");
        await().until(() -> carried.size() == 1);
        relay.close();
        relay(OFTEN, message -> Outcome.done());
        Delivery delivery = ended(claim.id(), "billing");
        assertThat(delivery.tries()).hasSize(1);
        assertThat(carried)
                .hasSize(2)
                .extracting(Message::id)
                .containsOnly(delivery.message().id());
    }

    /** A paused process carries it after all: twice, under one id, and only one of them says what came of it. */
    @Test
    void isCarriedTwiceUnderOneIdWhereALeaseIsLost() throws Exception {
        Claim claim = running();
        deliveries.ask(claim.id(), List.of(Target.of(Kind.WEBHOOK, "billing")));
        runs.fail(claim, new Failure(FailureCode.STORAGE_FULL, "full"), clock.instant());
        Addressing addressing = new Addressing(WEBHOOKS, "");
        outbox.notes(1).forEach(note -> outbox.address(note, addressing.of(note), clock.instant()));
        // A process claimed it, and has been paused since.
        Message paused = outbox.claim(
                        Target.of(Kind.WEBHOOK, "billing"),
                        clock.instant(),
                        clock.instant().plusMillis(50))
                .orElseThrow();
        relay(OFTEN, message -> Outcome.done());
        Delivery delivery = ended(claim.id(), "billing");
        settlement().settle(paused, () -> Outcome.stop("late"));
        assertThat(carried).extracting(Message::id).containsExactly(paused.id());
        assertThat(deliveries.find(claim.id(), paused.id())).hasValue(delivery);
    }

    @Test
    void keepsTheLeaseOfWhatTakesLong() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Relay.Timing brief = new Relay.Timing(Duration.ofMillis(20), Duration.ofSeconds(1));
        relay(brief, message -> {
            over.await();
            return Outcome.done();
        });
        relay(brief, message -> Outcome.done());
        Claim claim = failed("billing");
        await().until(() -> carried.size() == 1);
        // Twice as long as the lease that it was claimed with.
        var held = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(100)).until(() -> held.incrementAndGet() > 20);
        over.countDown();
        ended(claim.id(), "billing");
        assertThat(carried).hasSize(1);
    }

    /**
     * A process that dies at its n-th call of the outbox, before it or after it, and another that comes then: nothing
     * is lost, what comes twice has one id, and the audit has one end.
     */
    @ParameterizedTest
    @CsvSource({"true, 1", "true, 2", "true, 3", "true, 4", "true, 5", "false, 2", "false, 3", "false, 4", "false, 5"})
    void losesNothingWhereverAProcessDies(boolean before, int call) {
        Claim claim = running("billing");
        runs.fail(claim, new Failure(FailureCode.STORAGE_FULL, "There is no room"), clock.instant());
        AtomicInteger calls = new AtomicInteger();
        Outbox dying = (Outbox) Proxy.newProxyInstance(
                Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, method, arguments) -> {
                    int number = calls.incrementAndGet();
                    if (number > call || before && number == call) {
                        throw new IllegalStateException("dead");
                    }
                    Object answer = method.invoke(outbox, arguments);
                    if (number == call) {
                        throw new IllegalStateException("dead");
                    }
                    return answer;
                });
        Relay.Timing brief = new Relay.Timing(Duration.ofMillis(20), Duration.ofMillis(300));
        Relay dead = relay(dying, brief, message -> Outcome.done());
        await().until(() -> calls.get() > call);
        dead.close();

        relay(brief, message -> Outcome.done());
        Delivery delivery = ended(claim.id(), "billing");
        assertThat(delivery.message().standing().state()).isEqualTo(Message.State.DONE);
        assertThat(carried)
                .isNotEmpty()
                .extracting(Message::id)
                .containsOnly(delivery.message().id());
        assertThat(carried.size()).isLessThanOrEqualTo(2);
        assertThat(delivery.tries()).hasSize(1);
        assertThat(audit.list(AuditLog.Filter.ALL, null, 10)).hasSize(1);
    }

    private Settlement settlement() {
        return settlement(outbox);
    }

    private Settlement settlement(Outbox outbox) {
        return new Settlement(
                outbox,
                audit,
                database.transactions(),
                new RetrySchedule(List.of(Duration.ofMillis(1), Duration.ofMillis(2)), new Random(1)),
                clock);
    }

    private interface Manner {
        Outcome carry(Message message) throws InterruptedException;
    }

    private Relay relay(Relay.Timing timing, Manner manner) {
        return relay(outbox, timing, manner);
    }

    private Relay relay(Outbox seen, Relay.Timing timing, Manner manner) {
        Carrier carrier = new Carrier() {
            @Override
            public Kind kind() {
                return Kind.WEBHOOK;
            }

            @Override
            public Outcome carry(Message message) throws InterruptedException {
                carried.add(message);
                return manner.carry(message);
            }
        };
        Relay relay = new Relay(
                seen,
                new Addressing(WEBHOOKS, "https://example.com/exports"),
                List.of(carrier),
                settlement(seen),
                clock,
                timing);
        relays.add(relay);
        relay.start();
        return relay;
    }

    private Delivery ended(ExportId export, String target) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> deliveries.of(export, null, 10).stream()
                                .filter(each -> each.message().target().name().equals(target)
                                        && each.message().standing().ended() != null)
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
    }

    private Claim running(String... targets) {
        ExportId id = new ExportId(new UUID(clock.millis() << 16 | 0x7000L, 0x8000_0000_0000_0000L | ++ids));
        ExportRequest request = new ExportRequest(
                "orders", Format.CSV, Map.of("key", "s3cret"), List.of("a"), FormatOptions.DEFAULT, "orders.zip");
        exports.insert(Export.queued(id, "ann", request, clock.instant()));
        if (targets.length > 0) {
            deliveries.ask(
                    id,
                    List.of(targets).stream()
                            .map(name -> Target.of(Kind.WEBHOOK, name))
                            .toList());
        }
        return runs.claimNext("worker", clock.instant(), Duration.ofMinutes(5), Set.of())
                .orElseThrow()
                .lastClaim();
    }

    private Claim failed(String... targets) {
        Claim claim = running(targets);
        runs.fail(claim, new Failure(FailureCode.STORAGE_FULL, "There is no room"), clock.instant());
        return claim;
    }
}
