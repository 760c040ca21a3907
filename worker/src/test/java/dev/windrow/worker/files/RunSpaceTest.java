package dev.windrow.worker.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Progress.Pace;
import dev.windrow.common.export.State;
import dev.windrow.common.options.FormatOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RunSpaceTest {
    private final SettableStorage storage = new SettableStorage();
    private final RunSpace space = new RunSpace(storage);

    @Test
    void letsANewExportBeginWhereAnythingIsLeft() throws Exception {
        storage.left = () -> 1;
        assertThat(space.enter(fresh(1), null)).isNotNull();
        storage.left = () -> 0;
        assertThatThrownBy(() -> space.enter(fresh(2), null)).isInstanceOf(StorageFullException.class);
    }

    @Test
    void wantsAQuarterMoreThanThereWas() {
        storage.left = () -> 124;
        assertThatThrownBy(() -> space.enter(stopped(1, null), null)).isInstanceOf(StorageFullException.class);
        storage.left = () -> 125;
        assertThatCode(() -> space.enter(stopped(1, null), null)).doesNotThrowAnyException();
    }

    @Test
    void wantsNoMoreThanItsRowsComeTo() {
        // 100 bytes were 10 of 11 rows.
        storage.left = () -> 110;
        assertThatCode(() -> space.enter(stopped(1, 11L), null)).doesNotThrowAnyException();
    }

    @Test
    void wantsNothingForWhatIsOnTheDiskAlready() {
        storage.left = () -> 1;
        Export export = stopped(1, null);
        assertThatCode(() -> space.enter(export, export.run().checkpoint())).doesNotThrowAnyException();
    }

    @Test
    void letsTwoThatFitOneAfterTheOtherRunOneAfterTheOther() throws Exception {
        storage.left = () -> 200;
        try (RunSpace.Place first = space.enter(stopped(1, null), null)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> space.enter(stopped(2, null), null)).isInstanceOf(StorageFullException.class);

            // The first has 25 to go.
            space.reached(stopped(1, null).lastClaim(), 100);
            storage.left = () -> 149;
            assertThatThrownBy(() -> space.enter(stopped(2, null), null)).isInstanceOf(StorageFullException.class);
        }
        assertThatCode(() -> space.enter(stopped(2, null), null)).doesNotThrowAnyException();
    }

    @Test
    void stopsARunOnceTheReserveIsTouched() throws Exception {
        storage.left = () -> 10;
        Export export = fresh(1);
        space.enter(export, null);
        storage.left = () -> 0;
        space.reached(export.lastClaim(), 10);
        storage.left = () -> -1;
        assertThatThrownBy(() -> space.reached(export.lastClaim(), 11)).isInstanceOf(StorageFullException.class);
    }

    private static Export fresh(int number) {
        return export(number, null, null);
    }

    /** One that had 100 bytes and 10 rows when it found no room. */
    private static Export stopped(int number, @Nullable Long rowsTotal) {
        Checkpoint.Entry entry =
                new Checkpoint.Entry("numbers.csv", new Checkpoint.Stored(0, 200, 90, 7), 10, "[10]", Map.of(), null);
        return export(number, new Checkpoint(1, 6, "zlib:0/6", 100, List.of(entry)), rowsTotal);
    }

    private static Export export(int number, @Nullable Checkpoint checkpoint, @Nullable Long rowsTotal) {
        ExportRequest request =
                new ExportRequest("numbers", Format.CSV, Map.of(), List.of("n"), FormatOptions.DEFAULT, "numbers.zip");
        ExportId id = new ExportId(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | number));
        Export queued = Export.queued(id, "local", request, Instant.EPOCH);
        Progress progress = new Progress(Phase.ROWS, 0, rowsTotal, null, 0, new Pace(0, null), null);
        Export.Run run = new Export.Run(
                new Export.Attempts(2, 1, 0, 1), progress, null, checkpoint, null, null, Export.Trace.NONE);
        return new Export(id, queued.holder(), request, State.RUNNING, run, queued.times(), queued.outcome());
    }
}
