package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.Export.Trace;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.quota.Weights;
import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where an export is in a trace, as those find it who go on with it. */
final class TracesTest extends EachDatabase {
    private @Nullable String here;

    private JdbcExports traced() {
        return new JdbcExports(database, Clock.fixed(NOW, ZoneOffset.UTC), Weights.EVEN, () -> here);
    }

    @Test
    void isKeptFromTheStartForEachRunAndFromEachRunForTheNext() {
        here = "start";
        ExportId id = nextId();
        traced().insert(Export.queued(id, "ann", request("readings"), NOW));

        Export first = claimed(NOW);
        assertThat(first.run().trace()).isEqualTo(new Trace("start", null));
        assertThat(runs.trace(first.lastClaim(), "first run")).isTrue();
        runs.handOver(first.lastClaim());
        assertThat(runs.trace(first.lastClaim(), "too late")).isFalse();

        assertThat(claimed(NOW).run().trace()).isEqualTo(new Trace("start", "first run"));
        assertThat(exports.look(id, "ann").orElseThrow().run().trace()).isEqualTo(new Trace("start", "first run"));
    }

    @Test
    void isThatOfTheRetryOnceThereWasOne() {
        here = "start";
        ExportId id = nextId();
        traced().insert(Export.queued(id, "ann", request("readings"), NOW));
        Claim claim = claim();
        runs.trace(claim, "first run");
        runs.fail(claim, FULL, NOW);

        here = "retry";
        assertThat(traced().retry(row(claim), LATER)).isTrue();
        assertThat(claimed(LATER).run().trace()).isEqualTo(new Trace("retry", null));
    }

    @Test
    void isNowhereWhereNobodyFollows() {
        queue("ann");
        assertThat(claimed(NOW).run().trace()).isEqualTo(Trace.NONE);
    }
}
