package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.artifact.Storage;
import dev.windrow.common.export.ExportSizes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final long MIB = 1 << 20;

    private final Sizes sizes = new Sizes();
    private final Disk disk = new Disk();
    private final Admission admission = new Admission(sizes, disk);

    @Test
    void takesANewDatasetForAMebibyte() {
        disk.left = MIB;
        assertAdmitted("new");
        disk.left = MIB - 1;
        assertRefused("new");
    }

    @Test
    void takesADatasetForTheMeanOfItsLastArchives() {
        disk.left = 2 * MIB;
        assertAdmitted("small");
        assertAdmitted("small");
        assertRefused("big");
    }

    @Test
    void countsWhatItHasAdmittedItselfBeforeTheTableIsAskedAgain() {
        disk.left = 3 * MIB;
        assertAdmitted("new");
        assertAdmitted("new");
        assertAdmitted("new");
        assertRefused("new");
        assertThat(sizes.asked).isEqualTo(1);
    }

    @Test
    void keepsTheRoomThatWaitingAndRunningExportsStillNeed() {
        // 5 MiB for the one that waits, 2 for the one that has written 3 of its 5, none for the one that has written
        // more.
        sizes.unfinished.add(new ExportSizes.Unfinished("big", false, null, 0, 0));
        sizes.unfinished.add(new ExportSizes.Unfinished("big", true, null, 0, 3 * MIB));
        sizes.unfinished.add(new ExportSizes.Unfinished("big", true, null, 0, 9 * MIB));
        disk.left = 8 * MIB;
        assertAdmitted("new");
        assertRefused("new");
    }

    @Test
    void measuresARunThatIsWellUnderWayByItself() {
        // A tenth of its rows took a mebibyte: nine more.
        sizes.unfinished.add(new ExportSizes.Unfinished("small", true, 100_000L, 10_000, MIB));
        disk.left = 10 * MIB;
        assertAdmitted("new");
        assertRefused("new");
    }

    @Test
    void isNotAvailableWhereTheDiskCanNotBeAsked() {
        disk.broken = true;
        assertThatThrownBy(() -> admission.admit("new"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.UNAVAILABLE));
    }

    private void assertAdmitted(String dataset) {
        assertThatCode(() -> admission.admit(dataset)).doesNotThrowAnyException();
    }

    private void assertRefused(String dataset) {
        assertThatThrownBy(() -> admission.admit(dataset))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.STORAGE_FULL));
    }

    private static final class Sizes implements ExportSizes {
        private final List<Unfinished> unfinished = new ArrayList<>();
        private int asked;

        @Override
        public List<Unfinished> unfinished() {
            asked++;
            return unfinished;
        }

        @Override
        public List<Long> archives(String dataset, int limit) {
            return Map.of("small", List.of(1000L, 3000L), "big", List.of(4 * MIB, 6 * MIB))
                    .getOrDefault(dataset, List.of());
        }
    }

    private static final class Disk implements Storage {
        private long left;
        private boolean broken;

        @Override
        public long left() throws IOException {
            if (broken) {
                throw new IOException("input/output error");
            }
            return left;
        }

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void relieve() {}

        @Override
        public void restock() {}
    }
}
