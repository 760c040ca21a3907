package dev.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.client.ExportStatus;
import dev.windrow.client.ExportStatus.Archive;
import dev.windrow.client.ExportStatus.Pace;
import dev.windrow.client.ExportStatus.Progress;
import dev.windrow.client.ExportStatus.Times;
import dev.windrow.client.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadedArchiveTest {
    @ParameterizedTest
    @CsvSource({
        "march readings.zip, march readings.zip",
        "../../etc/passwd, passwd",
        "c:\\windows\\x.zip, x.zip",
        ".hidden.zip, hidden.zip",
        "a?b*c.zip, abc.zip",
        "日本.zip, 日本.zip",
        "CON.zip, CON_.zip",
        "'..', an-id.zip",
        "'', an-id.zip"
    })
    void aServedNameStaysInItsFolder(String served, String safe) {
        assertThat(safeName(served)).isEqualTo(safe);
    }

    @Test
    void controlCharactersAndTooLongNamesAreNotTaken() {
        assertThat(safeName("a\u001b[2J\u202eb\n.zip")).isEqualTo("a[2Jb.zip");
        assertThat(safeName("語".repeat(100) + ".zip")).isEqualTo("an-id.zip");
    }

    private static String safeName(String served) {
        Progress done = new Progress("done", null, 1, 1L, 100.0, new Pace(null, null, false), null);
        return DownloadedArchive.safeName(new ExportStatus(
                "an-id", State.COMPLETED, done, Times.UNKNOWN, List.of(), new Archive(served, 1, "00"), null));
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLongServedNameIsReadOnce() {
        assertThat(safeName("x" + " ".repeat(500_000) + "x")).isEqualTo("an-id.zip");
        assertThat(safeName(" ".repeat(500_000) + "a b.zip" + ".".repeat(500_000)))
                .isEqualTo("a b.zip");
    }
}
