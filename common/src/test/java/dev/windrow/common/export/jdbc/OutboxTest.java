package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.outbox.Deliveries.Delivery;
import dev.windrow.common.outbox.Deliveries.Place;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Note;
import dev.windrow.common.outbox.Outbox;
import dev.windrow.common.outbox.Outbox.Draft;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Try;
import dev.windrow.common.outbox.jdbc.JdbcDeliveries;
import dev.windrow.common.outbox.jdbc.JdbcOutbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is told of exports, on either database. */
final class OutboxTest extends EachDatabase {
    private static final Target BILLING = Target.of(Target.Kind.WEBHOOK, "billing");
    private static final Target ANN = new Target(Target.Kind.MAIL, "ann@example.com", "de");
    private static final Instant UNTIL = NOW.plusSeconds(30);

    private Outbox outbox;
    private Deliveries deliveries;

    @BeforeEach
    void empty() {
        for (String table : List.of("outbox_events", "outbox", "outbox_tries", "forgotten")) {
            JdbcClient.create(database.writer()).sql("delete from " + table).update();
        }
        JdbcClient writer = JdbcClient.create(database.writer());
        outbox = new JdbcOutbox(writer, database::reading, database.transactions());
        deliveries = new JdbcDeliveries(writer, database::reading);
    }

    @Test
    void notesEachEndOnceWithWhatThereWasOfIt() {
        Claim completed = running();
        deliveries.ask(completed.id(), List.of(BILLING, ANN));
        runs.complete(completed, artifact(completed), progress(900, 99.0), NOW, LATER);
        Claim failed = running();
        runs.fail(failed, new Failure(FailureCode.STORAGE_FULL, "There is no room"), NOW);
        Claim cancelled = running();
        exports.cancel(cancelled.id(), "ann", NOW);
        running();

        List<Note> notes = outbox.notes(10);

        assertThat(notes)
                .extracting(note -> note.happening().type())
                .containsExactly("export.completed", "export.failed", "export.cancelled");
        Note first = notes.get(0);
        assertThat(first.about()).isEqualTo(new Message.About(completed.id(), "ann", "readings"));
        assertThat(first.figures())
                .isEqualTo(new Note.Figures(900, 5_000_000_000L, "readings.zip", "0123456789abcdef".repeat(4)));
        assertThat(first.tell()).containsExactly(BILLING, ANN);
        assertThat(first.cause()).isNull();
        assertThat(first.happening().at()).isAfter(Instant.EPOCH);
        assertThat(notes.get(1).cause()).isEqualTo(new Note.Cause("storage-full", "There is no room"));
        assertThat(notes.get(1).tell()).isEmpty();
    }

    @Test
    void notesAnExpiryAfterTheEndAndARetryAfterBoth() {
        Claim claim = running();
        deliveries.ask(claim.id(), List.of(BILLING));
        runs.complete(claim, artifact(claim), progress(900, 99.0), NOW, NOW);
        new JdbcRetention(database).expire(LATER, NOW.minus(Duration.ofDays(90)));
        exports.retry(row(claim), LATER);
        Claim again = claimed(LATER).lastClaim();
        runs.fail(again, FULL, LATER);

        List<Note> notes = outbox.notes(10);

        assertThat(notes)
                .extracting(note -> note.happening().type() + note.happening().sequence())
                .containsExactly("export.completed2", "export.expired3", "export.failed4");
        assertThat(notes).allSatisfy(note -> assertThat(note.tell()).containsExactly(BILLING));
        // Of what is made anew there is no digest any more.
        assertThat(notes).allSatisfy(note -> assertThat(note.figures().sha256()).isNull());
    }

    @Test
    void notesNothingOfAnUndoneEnd() {
        Claim claim = running();
        assertThat(runs.fail(new Claim(claim.id(), claim.number() + 1), FULL, NOW))
                .isFalse();
        assertThat(outbox.notes(10)).isEmpty();
    }

    @Test
    void addressesANoteOnce() {
        Note note = ended();
        assertThat(outbox.address(note, drafts(note, BILLING, ANN), NOW)).isTrue();
        assertThat(outbox.address(note, drafts(note, BILLING, ANN), NOW)).isFalse();
        assertThat(outbox.notes(10)).isEmpty();
        assertThat(deliveries.of(note.about().export(), null, 10))
                .extracting(delivery -> delivery.message().target())
                .containsExactlyInAnyOrder(BILLING, ANN);
    }

    /** As the product wires it: connections that answer within a time. */
    @Test
    void isUndoneWithTheTransactionThatItIsPartOf() {
        StatusDatabase wired = database.forRequests();
        Outbox seen = new JdbcOutbox(JdbcClient.create(wired.migrationSource()), wired::reading, wired.transactions());
        Note note = ended();
        assertThatIllegalStateException()
                .isThrownBy(() -> wired.transactions()
                        .inOne(
                                () -> {
                                    seen.address(note, drafts(note, BILLING), NOW);
                                    throw new IllegalStateException("undone");
                                },
                                Optional::empty));
        assertThat(outbox.notes(10)).containsExactly(note);
        assertThat(deliveries.of(note.about().export(), null, 10)).isEmpty();
    }

    @Test
    void addressesNotesOfAnExportInTheirOrder() {
        Claim claim = running();
        runs.complete(claim, artifact(claim), progress(900, 99.0), NOW, NOW);
        new JdbcRetention(database).expire(LATER, NOW.minus(Duration.ofDays(90)));
        List<Note> notes = outbox.notes(10);
        assertThat(outbox.address(notes.get(1), drafts(notes.get(1), BILLING), NOW))
                .isFalse();
        assertThat(outbox.address(notes.get(0), drafts(notes.get(0), BILLING), NOW))
                .isTrue();
        assertThat(outbox.address(notes.get(1), drafts(notes.get(1), BILLING), NOW))
                .isTrue();
    }

    @Test
    void hasTheLaterMessageWaitForTheEarlier() {
        Claim claim = running();
        runs.complete(claim, artifact(claim), progress(900, 99.0), NOW, NOW);
        new JdbcRetention(database).expire(LATER, NOW.minus(Duration.ofDays(90)));
        outbox.notes(10).forEach(note -> outbox.address(note, drafts(note, BILLING), NOW));

        Message first = claimed(NOW, UNTIL);
        assertThat(first.event().type()).isEqualTo("export.completed");
        assertThat(outbox.claim(BILLING, NOW, UNTIL)).isEmpty();
        outbox.again(first, tried(Try.Result.AGAIN), LATER);
        assertThat(outbox.due(EnumSet.of(Target.Kind.WEBHOOK), NOW, 10)).containsExactly(BILLING);
        assertThat(outbox.claim(BILLING, NOW, UNTIL)).isEmpty();
        outbox.done(claimed(LATER, LATER.plusSeconds(30)), tried(Try.Result.DONE), LATER);
        assertThat(claimed(LATER, LATER.plusSeconds(30)).event().type()).isEqualTo("export.expired");
    }

    @Test
    void givesAMessageToOneOfMany() throws Exception {
        Note note = ended();
        outbox.address(note, drafts(note, BILLING), NOW);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<Optional<Message>>> claims = IntStream.range(0, 8)
                    .mapToObj(each -> CompletableFuture.supplyAsync(() -> outbox.claim(BILLING, NOW, UNTIL), threads))
                    .toList();
            List<Message> won = new ArrayList<>();
            for (CompletableFuture<Optional<Message>> each : claims) {
                each.get().ifPresent(won::add);
            }
            assertThat(won).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void changesNothingForWhoeverLostTheClaim() {
        Note note = ended();
        outbox.address(note, drafts(note, BILLING), NOW);
        Message lost = claimed(NOW, UNTIL);
        assertThat(outbox.due(EnumSet.of(Target.Kind.WEBHOOK), NOW, 10)).isEmpty();
        Message taken = claimed(UNTIL, LATER);
        assertThat(taken.id()).isEqualTo(lost.id());

        assertThat(outbox.keep(lost, LATER)).isFalse();
        assertThat(outbox.done(lost, tried(Try.Result.DONE), NOW)).isFalse();
        assertThat(outbox.giveUp(lost, tried(Try.Result.STOP), NOW)).isFalse();
        assertThat(outbox.again(lost, tried(Try.Result.AGAIN), NOW)).isFalse();
        assertThat(outbox.handBack(lost)).isFalse();
        assertThat(only(note).tries()).isEmpty();
        assertThat(outbox.keep(taken, LATER.plusSeconds(1))).isTrue();
        assertThat(outbox.claim(BILLING, LATER, UNTIL)).isEmpty();
        assertThat(outbox.done(taken, tried(Try.Result.DONE), NOW)).isTrue();
        assertThat(outbox.keep(taken, LATER)).isFalse();
    }

    @Test
    void keepsEachTryAndCountsNoneThatWasHandedBack() {
        Note note = ended();
        outbox.address(note, drafts(note, BILLING), NOW);
        outbox.handBack(claimed(NOW, UNTIL));
        outbox.again(claimed(NOW, UNTIL), new Try(NOW, Try.Result.AGAIN, "answered 503", 12), LATER);
        outbox.done(claimed(LATER, LATER.plusSeconds(30)), tried(Try.Result.DONE), LATER);

        Delivery delivery = only(note);
        assertThat(delivery.message().standing().state()).isEqualTo(Message.State.DONE);
        assertThat(delivery.message().standing().tries()).isEqualTo(2);
        assertThat(delivery.message().standing().ended()).isEqualTo(LATER);
        assertThat(delivery.tries())
                .containsExactly(new Try(NOW, Try.Result.AGAIN, "answered 503", 12), tried(Try.Result.DONE));
        assertThat(outbox.notes(10)).isEmpty();
    }

    @Test
    void notesWhatItGivesUpButNotOfThat() {
        Note note = ended();
        outbox.address(note, drafts(note, BILLING), NOW);
        outbox.giveUp(claimed(NOW, UNTIL), new Try(NOW, Try.Result.STOP, "answered 410", 3), NOW);

        Note failure = outbox.notes(10).get(0);
        assertThat(failure.happening().type()).isEqualTo("delivery.failed");
        assertThat(failure.tell()).containsExactly(BILLING);
        Message given = only(note).message();
        assertThat(failure.failed())
                .isEqualTo(new Note.FailedDelivery(given.id(), "webhook", "billing", "answered 410"));
        assertThat(given.standing().state()).isEqualTo(Message.State.GIVEN_UP);

        outbox.address(failure, List.of(new Draft("other", BILLING, "{}")), NOW);
        outbox.giveUp(claimed(NOW, UNTIL), tried(Try.Result.STOP), NOW);
        assertThat(outbox.notes(10)).isEmpty();
    }

    @Test
    void replaysWhatHasEnded() {
        Note note = ended();
        outbox.address(note, drafts(note, BILLING), NOW);
        Message waits = only(note).message();
        assertThat(replay(waits)).isFalse();
        outbox.giveUp(claimed(NOW, UNTIL), tried(Try.Result.STOP), NOW);
        Message ended = only(note).message();
        assertThat(replay(ended)).isTrue();

        Message again = claimed(LATER, LATER.plusSeconds(30));
        assertThat(again.id()).isEqualTo(waits.id());
        assertThat(again.standing().tries()).isZero();
        assertThat(replay(ended)).isFalse();
        outbox.done(again, tried(Try.Result.DONE), LATER);
        assertThat(only(note).tries()).hasSize(2);
        assertThat(deliveries.find(note.about().export(), "msg_of_nobody")).isEmpty();
        assertThat(deliveries.find(nextId(), again.id())).isEmpty();
    }

    @Test
    void keepsTheLastTries() {
        Note note = ended();
        outbox.address(note, drafts(note, BILLING), NOW);
        for (int i = 0; i < Deliveries.MOST_TRIES + 2; i++) {
            outbox.again(claimed(NOW, UNTIL), new Try(NOW, Try.Result.AGAIN, "try " + i, 1), NOW);
        }
        assertThat(only(note).tries())
                .hasSize(Deliveries.MOST_TRIES)
                .last()
                .isEqualTo(new Try(NOW, Try.Result.AGAIN, "try " + (Deliveries.MOST_TRIES + 1), 1));
    }

    @Test
    void givesUpAtOnceWhatWouldBeTooMuchForATarget() {
        JdbcClient writer = JdbcClient.create(database.writer());
        Outbox small = new JdbcOutbox(writer, database::reading, database.transactions(), 2);
        Note note = ended();
        small.address(
                note,
                IntStream.range(0, 3)
                        .mapToObj(each -> new Draft("m-" + each, BILLING, "{}"))
                        .toList(),
                NOW);
        List<Delivery> all = deliveries.of(note.about().export(), null, 10);
        assertThat(all)
                .extracting(delivery -> delivery.message().standing().state())
                .containsExactly(Message.State.GIVEN_UP, Message.State.WAITING, Message.State.WAITING);
        assertThat(all.get(0).tries())
                .extracting(Try::reason)
                .containsExactly("too many messages wait for this target");
    }

    @Test
    void hasNoUrlsOfCallersBeforeWhatTheSettingsName() {
        Target url = Target.of(Target.Kind.WEBHOOK, "https://hooks.example/1");
        Note earlier = ended();
        outbox.address(earlier, drafts(earlier, url), NOW.minusSeconds(60));
        Note later = ended();
        outbox.address(later, drafts(later, BILLING), NOW);
        Set<Target.Kind> kinds = EnumSet.of(Target.Kind.WEBHOOK);
        assertThat(outbox.due(kinds, NOW, 10)).containsExactly(BILLING, url);
        assertThat(outbox.due(kinds, NOW, 1)).containsExactly(BILLING);
    }

    @Test
    void knowsOfWhichExportsATargetsMessageWasGivenUp() {
        List<ExportId> given = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Note note = ended();
            outbox.address(note, drafts(note, BILLING, ANN), NOW);
            outbox.giveUp(claimed(NOW, UNTIL), tried(Try.Result.STOP), NOW);
            outbox.notes(10).forEach(told -> outbox.address(told, List.of(), NOW));
            given.add(0, note.about().export());
        }
        Note done = ended();
        outbox.address(done, drafts(done, BILLING), NOW);
        outbox.done(claimed(NOW, UNTIL), tried(Try.Result.DONE), NOW);

        assertThat(outbox.givenUp(BILLING, 10)).isEqualTo(given);
        assertThat(outbox.givenUp(BILLING, 2)).isEqualTo(given.subList(0, 2));
        assertThat(outbox.givenUp(ANN, 10)).isEmpty();
    }

    @Test
    void forgetsEndedMessagesWithTheirExport() {
        Note note = ended();
        outbox.address(note, drafts(note, BILLING, ANN), NOW);
        outbox.done(claimed(NOW, UNTIL), tried(Try.Result.DONE), NOW);
        assertThat(outbox.forget(NOW.minusSeconds(1), 10)).isZero();
        exports.delete(note.about().export(), "ann");
        assertThat(outbox.forget(NOW.minusSeconds(1), 10)).isOne();
        // What still waits is told all the same.
        assertThat(only(note).message().target()).isEqualTo(ANN);
    }

    @Test
    void forgetsThemAlsoWhereNobodyKnowsTheirExportAnyMore() {
        Note note = ended();
        outbox.address(note, drafts(note, BILLING), NOW);
        outbox.done(claimed(NOW, UNTIL), tried(Try.Result.DONE), NOW);
        exports.delete(note.about().export(), "ann");
        // As after a month in which no process ran: whoever starts first may forget that it was deleted.
        upkeep.dropForgotten(Instant.parse("9999-01-01T00:00:00Z"));
        assertThat(outbox.forget(NOW.minusSeconds(1), 10)).isOne();
        assertThat(outbox.forget(NOW.minusSeconds(1), 10)).isZero();
    }

    @Test
    void forgetsOfDeletedExportsAlsoWhatNobodyCarries() {
        Note note = ended();
        outbox.address(note, drafts(note, BILLING), NOW);
        assertThat(outbox.forget(NOW.plusSeconds(1), 10)).isZero();

        exports.delete(note.about().export(), "ann");
        assertThat(outbox.forget(NOW.minusSeconds(1), 10)).isZero();
        assertThat(outbox.forget(NOW.plusSeconds(1), 10)).isOne();
    }

    @Test
    void pagesThroughAnExportsMessages() {
        Note note = ended();
        outbox.address(
                note,
                IntStream.range(0, 5)
                        .mapToObj(each -> new Draft("m-" + each, BILLING, "{}"))
                        .toList(),
                NOW);
        ExportId export = note.about().export();
        List<String> seen = new ArrayList<>();
        Place place = null;
        for (int page = 0; page < 3; page++) {
            List<Delivery> found = deliveries.of(export, place, 2);
            found.forEach(delivery -> seen.add(delivery.message().id()));
            Message last = found.get(found.size() - 1).message();
            place = new Place(last.event().sequence(), last.id());
        }
        assertThat(seen).containsExactly("m-4", "m-3", "m-2", "m-1", "m-0");
        assertThat(deliveries.of(export, place, 2)).isEmpty();
    }

    @Test
    void listsAndCountsWhatWaitsAndWhatWasGivenUpOfEverybody() {
        Instant earlier = NOW.minusSeconds(60);
        for (Instant written : List.of(earlier, NOW, LATER)) {
            Note note = ended();
            outbox.address(note, drafts(note, BILLING, ANN), written);
            outbox.giveUp(claimed(written, written.plusSeconds(30)), tried(Try.Result.STOP), written);
            // Of what was given up somebody is told in turn, who is nobody here.
            outbox.notes(10).forEach(failed -> outbox.address(failed, List.of(), written));
        }
        outbox.done(outbox.claim(ANN, LATER, UNTIL.plusSeconds(60)).orElseThrow(), tried(Try.Result.DONE), LATER);

        List<Delivery> given = deliveries.all(Message.State.GIVEN_UP, null, 2);
        assertThat(given)
                .extracting(each -> each.message().standing().created())
                .containsExactly(LATER, NOW);
        assertThat(given).allSatisfy(each -> {
            assertThat(each.message().target()).isEqualTo(BILLING);
            assertThat(each.message().about().owner()).isEqualTo("ann");
            assertThat(each.tries()).hasSize(1);
        });
        Message last = given.get(1).message();
        Place place = new Place(last.standing().created().toEpochMilli(), last.id());
        assertThat(deliveries.all(Message.State.GIVEN_UP, place, 2))
                .extracting(each -> each.message().standing().created())
                .containsExactly(earlier);
        assertThat(deliveries.all(Message.State.WAITING, null, 10))
                .extracting(each -> each.message().standing().created())
                .containsExactly(LATER, NOW);
        assertThat(deliveries.counts()).isEqualTo(new Deliveries.Counts(2, NOW, 3));
        exports.delete(last.about().export(), "ann");
        assertThat(deliveries.all(Message.State.GIVEN_UP, null, 10))
                .extracting(each -> each.message().standing().created())
                .containsExactly(LATER, earlier);
        assertThat(deliveries.counts().givenUp()).isEqualTo(2);
    }

    @Test
    void listsWhatWasGivenUpByAnIndex() {
        String given = "select * from outbox where state = 'given-up' and kind in ('webhook')"
                + " and exists (select 1 from exports x where x.id = outbox.export)"
                + " and (created_at < 5 or created_at = 5 and id < 'm') order by created_at desc, id desc limit 20";
        assertThat(testDatabase().plan(database, given, Map.of())).contains("outbox_given_up");
    }

    @Test
    void findsWhatIsDueByAnIndex() {
        String due = "select kind, target, min(due_at) as due from outbox where kind in ('webhook')"
                + " and state = 'waiting' and due_at <= 5 group by kind, target";
        assertThat(testDatabase().plan(database, due, Map.of())).contains("outbox_waiting");
    }

    private boolean replay(Message message) {
        return database.transactions().inOne(() -> deliveries.replay(message, NOW), Optional::empty);
    }

    private Message claimed(Instant now, Instant until) {
        return outbox.claim(BILLING, now, until).orElseThrow();
    }

    private Delivery only(Note note) {
        List<Delivery> all = deliveries.of(note.about().export(), null, 10);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** Of an export that failed, and whose start asked to tell billing. */
    private Note ended() {
        Claim claim = running();
        deliveries.ask(claim.id(), List.of(BILLING));
        runs.fail(claim, FULL, NOW);
        return outbox.notes(1).get(0);
    }

    private static List<Draft> drafts(Note note, Target... targets) {
        return List.of(targets).stream()
                .map(target -> new Draft(note.id() + target.name(), target, "{\"type\":\"…\"}"))
                .toList();
    }

    private static Try tried(Try.Result result) {
        return new Try(NOW, result, null, 7);
    }
}
