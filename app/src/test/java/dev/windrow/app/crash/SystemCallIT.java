package dev.windrow.app.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few of the calls at which a kill or an error is told to happen; the long run goes through all of them. */
@Tag("slow")
class SystemCallIT {
    @RegisterExtension
    final CrashKit kit = new CrashKit(new Sample(3_000, 10));

    @BeforeAll
    static void requireStrace() throws Exception {
        SystemCalls.requireStrace();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rename,renameat,renameat2:signal=SIGKILL:when=1",
                "fsync,fdatasync:signal=SIGKILL:when=1",
                "fsync,fdatasync:error=EIO:when=3",
                "pwrite64:error=ENOSPC:when=12"
            })
    void anExportSurvivesIt(String injection) throws Exception {
        assertThat(SystemCalls.run(kit, injection).struck()).isTrue();
    }
}
