package dev.windrow.worker.outbox.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.artifact.Destination;
import dev.windrow.common.artifact.DestinationException;
import dev.windrow.common.artifact.disk.FolderDestination;
import dev.windrow.common.export.Export;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Note;
import dev.windrow.common.outbox.Outbox.Draft;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Try;
import dev.windrow.worker.outbox.CompletedExports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaceSweepTest {
    private static final Target BUCKET = Target.of(Target.Kind.PLACE, "bucket");
    private static final Instant NOW = CompletedExports.NOW;

    @TempDir
    private Path temp;

    private CompletedExports table;
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        table = new CompletedExports(temp);
        folder = Files.createDirectory(temp.resolve("place"));
    }

    @AfterEach
    void close() {
        table.close();
    }

    /** A place that keeps the question that it is asked. */
    private static final class Asked implements Destination {
        private Leftovers leftovers = new Leftovers(0, Instant.EPOCH, name -> false);

        @Override
        public void put(Parcel parcel) throws IOException {
            throw DestinationException.again("nothing is put here", null);
        }

        @Override
        public int sweep(Leftovers asked) {
            leftovers = asked;
            return 0;
        }
    }

    private void sweep(Map<String, Destination> destinations) {
        Map<String, Place> places = new LinkedHashMap<>();
        destinations.forEach((name, destination) ->
                places.put(name, new Place(destination, new NamePattern(NamePattern.USUAL), false)));
        new PlaceSweep(places, table.outbox, table.exports, table.clock).run();
    }

    private Path part(String name, Duration age) throws IOException {
        Path day = Files.createDirectories(folder.resolve("orders/2026-03-31"));
        Path part = Files.writeString(day.resolve(".windrow-msg_" + name + ".part"), "half");
        return Files.setLastModifiedTime(part, FileTime.from(NOW.minus(age)));
    }

    @Test
    void removesWhatNobodyHasWrittenToForAWeek() throws IOException {
        Path old = part("old", Duration.ofDays(7).plusSeconds(1));
        Path young = part("young", Duration.ofDays(7).minusSeconds(1));

        sweep(Map.of("folder", new FolderDestination(folder)));

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void goesOnToTheNextWhereAPlaceIsAway() throws IOException {
        Path old = part("old", Duration.ofDays(8));
        Map<String, Destination> destinations = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            destinations.put("away" + i, new FolderDestination(temp.resolve("away")));
        }
        destinations.put("folder", new FolderDestination(folder));

        sweep(destinations);

        assertThat(old).doesNotExist();
    }

    @Test
    void saysWhichNamesWereGivenUpForThisPlace() throws IOException {
        Export given = delivered("given.zip", BUCKET, Try.Result.STOP);
        delivered("done.zip", BUCKET, Try.Result.DONE);
        delivered("elsewhere.zip", Target.of(Target.Kind.PLACE, "other"), Try.Result.STOP);
        Asked asked = new Asked();

        sweep(Map.of("bucket", asked));

        assertThat(asked.leftovers.folders()).isEqualTo(2);
        assertThat(asked.leftovers.before()).isEqualTo(NOW.minus(Duration.ofDays(7)));
        assertThat(List.of("given.zip", "done.zip", "elsewhere.zip", "another.zip"))
                .filteredOn(name -> asked.leftovers.givenUp().test("orders/2026-03-31/" + name))
                .containsExactly(given.request().fileName());
    }

    private Export delivered(String fileName, Target target, Try.Result result) throws IOException {
        Export export = table.completed(fileName, new byte[] {1});
        Note note = table.outbox.notes(1).get(0);
        assertThat(table.outbox.address(note, List.of(new Draft("msg_" + fileName, target, "{}")), NOW))
                .isTrue();
        Message claimed = table.outbox.claim(target, NOW, NOW.plusSeconds(9)).orElseThrow();
        Try last = new Try(NOW, result, null, 1);
        boolean ended = result == Try.Result.DONE
                ? table.outbox.done(claimed, last, NOW)
                : table.outbox.giveUp(claimed, last, NOW);
        assertThat(ended).isTrue();
        // That it was given up is noted too, and told to nobody here.
        for (Note told : table.outbox.notes(9)) {
            assertThat(table.outbox.address(told, List.of(), NOW)).isTrue();
        }
        return export;
    }
}
