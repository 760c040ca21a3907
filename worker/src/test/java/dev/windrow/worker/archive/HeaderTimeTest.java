package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTimeTest {
    private final Sample sample = Sample.random();
    private final DeflatePool pool = new DeflatePool(1);
    private final TimeZone before = TimeZone.getDefault();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        TimeZone.setDefault(before);
        pool.close();
    }

    /**
     * The second time falls in the hour that Berlin leaves out in spring, the third in the one it has twice in autumn.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"2024-05-06T07:08:09Z", "2024-03-31T02:30:00Z", "2024-10-27T02:30:00Z", "1980-01-01T00:00:00Z"})
    void theMachinesTimeZoneDoesNotMatter(String time) throws IOException {
        ArchiveWriter.Options options = new ArchiveWriter.Options(6, Instant.parse(time));
        byte[] expected = inZone("UTC", options);

        for (String zone : new String[] {"Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns"}) {
            assertThat(inZone(zone, options)).as(zone).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2024-05-06T07:08:09.999Z, 2024-05-06T07:08:08",
        "2024-03-31T02:30:00Z,     2024-03-31T02:30:00",
        "1970-01-01T00:00:00Z,     1980-01-01T00:00:00",
        "2107-12-31T23:59:59Z,     2107-12-31T23:59:58",
        "+12000-01-01T00:00:00Z,   2107-12-31T23:59:58"
    })
    void everyEntryHasTheTimeInUtc(String time, String expected) throws IOException {
        sample.write(folder.resolve("a.zip"), new ArchiveWriter.Options(1, Instant.parse(time)), pool);

        try (ZipFile zip = new ZipFile(folder.resolve("a.zip").toFile())) {
            assertThat(zip.stream()).hasSameSizeAs(sample.entries());
            assertThat(zip.stream().map(ZipEntry::getTimeLocal))
                    .allSatisfy(found -> assertThat(found).isEqualTo(expected));
        }
    }

    @Test
    void anOddSecondIsRoundedDown() {
        assertThat(Headers.dosTime(Instant.parse("2024-05-06T07:08:09Z")))
                .isEqualTo(Headers.dosTime(Instant.parse("2024-05-06T07:08:08Z")));
    }

    private byte[] inZone(String zone, ArchiveWriter.Options options) throws IOException {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        return sample.written(folder.resolve(zone.replace('/', '-')), options, pool);
    }
}
