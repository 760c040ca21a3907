package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What keeps a test's option from staying in a server unnoticed. */
class RhythmIT {
    private static final String WARNING = "Leases and sweeps are shortened by -Ddev.windrow.rhythm: for tests alone";

    @RegisterExtension
    final CrashKit kit = CrashKit.shortened(new Sample(1_000, 0));

    @RegisterExtension
    final CrashKit own = new CrashKit(new Sample(1_000, 0));

    @Test
    void isShortenedByTheOptionAloneAndSaysSo() throws Exception {
        assertThat(kit.serve().words()).contains(WARNING);
        assertThat(own.serve().words()).doesNotContain("dev.windrow.rhythm");
    }
}
