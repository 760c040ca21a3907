package dev.windrow.worker.outbox.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.disk.FolderDestination;
import dev.windrow.common.export.Export;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Note;
import dev.windrow.common.outbox.Outbox.Draft;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Try;
import dev.windrow.worker.outbox.Carrier;
import dev.windrow.worker.outbox.CompletedExports;
import dev.windrow.worker.outbox.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaceCarrierTest {
    private static final byte[] ARCHIVE = "an archive".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path temp;

    private CompletedExports table;
    private Path folder;
    private Carrier carrier;

    @BeforeEach
    void open() throws IOException {
        table = new CompletedExports(temp);
        folder = Files.createDirectory(temp.resolve("place"));
        carrier = carrier(NamePattern.USUAL, false);
    }

    @AfterEach
    void close() {
        table.close();
    }

    private Carrier carrier(String pattern, boolean overwrites) {
        Place place = new Place(new FolderDestination(folder), new NamePattern(pattern), overwrites);
        return new PlaceCarrier(Map.of("finance", place), table.outbox, table.exports, table.artifacts, table.clock);
    }

    private static Message message(Export export, String place) {
        return CompletedExports.message(export, Target.of(Target.Kind.PLACE, place), Message.Event.COMPLETED, "{}");
    }

    @Test
    void takesTheArchiveToItsPlace() throws Exception {
        Export export = table.completed("march.zip", ARCHIVE);

        assertThat(carrier.carry(message(export, "finance"))).isEqualTo(Outcome.done("orders/2026-03-31/march.zip"));
        assertThat(folder.resolve("orders/2026-03-31/march.zip")).hasBinaryContent(ARCHIVE);
        assertThat(carrier.carry(message(export, "finance"))).isEqualTo(Outcome.done("orders/2026-03-31/march.zip"));
    }

    @Test
    void keepsAnOwnersNameWithinThePlace() throws Exception {
        Export export = table.completed("march.zip", ARCHIVE);

        assertThat(carrier("{owner}/{fileName}", false).carry(message(export, "finance")))
                .isEqualTo(Outcome.done("ann_.._b/march.zip"));
    }

    @Test
    void stopsAtAnotherFileOfThatName() throws Exception {
        Export first = table.completed("march.zip", ARCHIVE);
        Export second = table.completed("march.zip", "another".getBytes(StandardCharsets.US_ASCII));
        var unused = carrier.carry(message(first, "finance"));

        assertThat(carrier.carry(message(second, "finance")))
                .isEqualTo(Outcome.stop("there is another file of that name, and this place overwrites none"));
        assertThat(carrier(NamePattern.USUAL, true)
                        .carry(message(second, "finance"))
                        .reason())
                .isEqualTo("orders/2026-03-31/march.zip");
        assertThat(folder.resolve("orders/2026-03-31/march.zip")).hasContent("another");
    }

    /** One that was tried for a day, while the next day's has come. */
    @Test
    void overwritesNoNewerArchiveWithAnOlderOne() throws Exception {
        Carrier overwriting = carrier("{fileName}", true);
        Export older = table.completed("orders.zip", ARCHIVE);
        table.clock.pass(Duration.ofDays(1));
        Export newer = table.completed("orders.zip", "newer".getBytes(StandardCharsets.US_ASCII));
        var unused = overwriting.carry(message(newer, "finance"));
        noteArrived(newer, Target.of(Target.Kind.PLACE, "finance"));

        Message late = tried(message(older, "finance"));
        assertThat(overwriting.carry(late)).isEqualTo(Outcome.stop("a newer archive of that name is there"));
        assertThat(folder.resolve("orders.zip")).hasContent("newer");
        assertThat(overwriting.carry(tried(message(newer, "finance")))).isEqualTo(Outcome.done("orders.zip"));
        assertThat(carrier("{id}.zip", true).carry(late).result()).isEqualTo(Try.Result.DONE);
        // Whoever has it sent again wants it there.
        assertThat(overwriting.carry(message(older, "finance"))).isEqualTo(Outcome.done("orders.zip"));
    }

    private void noteArrived(Export export, Target target) {
        Instant now = table.clock.instant();
        for (Note note : table.outbox.notes(9)) {
            boolean isOfIt = note.about().export().equals(export.id());
            List<Draft> drafts = isOfIt ? List.of(new Draft("msg_1", target, "{}")) : List.of();
            assertThat(table.outbox.address(note, drafts, now)).isTrue();
        }
        Message claimed = table.outbox.claim(target, now, now.plusSeconds(9)).orElseThrow();
        assertThat(table.outbox.done(claimed, new Try(now, Try.Result.DONE, null, 1), now))
                .isTrue();
    }

    private static Message tried(Message message) {
        Message.Standing standing = message.standing();
        return new Message(
                message.id(),
                message.about(),
                message.target(),
                message.event(),
                new Message.Standing(
                        standing.state(), standing.created(), standing.due(), 1, standing.claim(), standing.ended()));
    }

    @Test
    void triesAgainWhatMayPass() throws Exception {
        Export export = table.completed("march.zip", ARCHIVE);

        assertThat(carrier.carry(message(export, "elsewhere")))
                .isEqualTo(Outcome.again("the settings have no place of that name"));
        Files.delete(folder);
        assertThat(carrier.carry(message(export, "finance")))
                .isEqualTo(Outcome.again("the folder of this place is not there: is its disk mounted?"));
        Files.createDirectory(folder);
        table.artifacts.delete(export.lastClaim().fileName() + ".zip");
        assertThat(carrier.carry(message(export, "finance")))
                .isEqualTo(Outcome.again("the archive is not in the store of this worker"));
    }

    @Test
    void stopsWhereThereIsNothingToTake() throws Exception {
        Export export = table.completed("march.zip", ARCHIVE);
        table.expire(export);

        assertThat(carrier.carry(message(export, "finance"))).isEqualTo(Outcome.stop("the archive is no longer there"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void isEndedByAnInterrupt() throws Exception {
        Export export = table.completed("march.zip", ARCHIVE);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> carrier.carry(message(export, "finance"))).isInstanceOf(InterruptedException.class);
        boolean unused = Thread.interrupted();
    }
}
