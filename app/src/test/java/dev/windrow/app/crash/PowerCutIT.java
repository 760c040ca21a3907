package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The power goes right after something was told: the long run cuts it at random moments. */
@Tag("slow")
class PowerCutIT {
    @RegisterExtension
    final CrashKit kit = CrashKit.shortened(new Sample(40_000, 500));

    @Test
    void whatWasToldHoldsAfterAPowerCut() throws Exception {
        try (PowerCuts cuts = PowerCuts.on(kit)) {
            assertThat(cuts.cut(id -> true).wasCompleted())
                    .as("cut when accepted")
                    .isFalse();
            assertThat(cuts.cut(id -> kit.row(id).checkpointRows() > 0).keptRows())
                    .as("cut when the first checkpoint is in the table")
                    .isPositive();
            assertThat(cuts.cut(id -> kit.client().state(id).equals("completed"))
                            .wasCompleted())
                    .as("cut when completed")
                    .isTrue();
        }
    }
}
