package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportSizes.Unfinished;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExportSizesTest extends EachDatabase {
    @Test
    final void tellsWhatWaitsAndWhatRunsOfWhomever() {
        Claim claim = running();
        runs.progress(claim, progress(100, 10.0), LATER);
        queue("bob");

        assertThat(sizes().unfinished())
                .containsExactlyInAnyOrder(
                        new Unfinished("readings", true, 1000L, 100, 1000),
                        new Unfinished("readings", false, null, 0, 0));
    }

    @Test
    final void leavesOutWhatHasEnded() {
        Claim claim = running();
        runs.fail(claim, FULL, NOW);

        assertThat(sizes().unfinished()).isEmpty();
        assertThat(sizes().archives("readings", 5)).isEmpty();
    }

    @Test
    final void tellsTheLengthsOfADatasetsLastArchives() {
        for (int bytes = 1; bytes <= 4; bytes++) {
            complete(bytes);
        }
        ExportId other = nextId();
        exports.insert(Export.queued(other, "ann", request("others"), NOW));
        assertThat(claimed(NOW).id()).isEqualTo(other);

        assertThat(sizes().archives("readings", 3)).containsExactly(4L, 3L, 2L);
        assertThat(sizes().archives("others", 3)).isEmpty();
    }

    private void complete(int bytes) {
        Claim claim = running();
        Artifact artifact = Artifact.zip(claim, bytes, "0".repeat(64), List.of());
        runs.complete(claim, artifact, progress(1, 100.0), NOW, LATER);
    }

    private JdbcExportSizes sizes() {
        return new JdbcExportSizes(database);
    }
}
