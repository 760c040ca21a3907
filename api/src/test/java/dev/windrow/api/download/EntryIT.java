package dev.windrow.api.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.api.archive.DownloadLog;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(ApiServer.Place.class)
@Tag("slow")
class EntryIT {
    private final ApiServer server;
    private final Http http;
    private final String export;
    private final String entries;
    private final byte[] readings = readings();
    private final byte[] noise = noise();
    private byte[] archive;

    EntryIT(ApiServer.Place place) {
        server = ApiServer.empty(place);
        http = new Http(server.port());
        export = http.start("{\"dataset\":\"notes\"}").header("Location");
        entries = export + "/entries/";
    }

    @Test
    void givesOneFileUnderItsOwnTypeAndName() throws IOException {
        complete();
        Answer answer = http.get(entries + "readings.csv");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(readings);
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=utf-8");
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(readings.length));
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"readings.csv\"; filename*=UTF-8''readings.csv");
        assertThat(answer.header("Repr-Digest"))
                .isEqualTo("sha-256=:"
                        + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Digests.hex(readings)))
                        + ":");
        assertThat(answer.header("Content-Encoding")).isNull();
        assertThat(answer.response().headers().allValues("Vary")).contains("Accept-Encoding");
        assertThat(answer.header("Cache-Control")).isEqualTo("private, no-transform");
        assertThat(answer.header("Last-Modified")).isEqualTo("Thu, 01 Jan 2026 00:00:00 GMT");
        assertThat(answer.header("ETag")).matches("\"[^\"]+\"");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void findsNoFileWithoutAName() throws IOException {
        complete();

        assertThat(http.get(entries).status()).isEqualTo(404);
        assertThat(http.get(export + "/entries").status()).isLessThan(500);
    }

    @Test
    void framesTheStoredBytesAsGzipForThoseWhoTakeIt() throws IOException {
        complete();
        Answer answer = http.get(entries + "readings.csv", "Accept-Encoding", "gzip");
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=utf-8");
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(answer.bytes().length));
        assertThat(answer.header("Repr-Digest"))
                .as("that of the gzip form is not known")
                .isNull();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes())
                .isEqualTo(readings);
        byte[] deflated = Arrays.copyOfRange(answer.bytes(), 10, answer.bytes().length - 8);
        assertThat(new String(archive, StandardCharsets.ISO_8859_1))
                .as("as it lies in the archive")
                .contains(new String(deflated, StandardCharsets.ISO_8859_1));
        assertThat(answer.header("ETag"))
                .isNotEqualTo(http.get(entries + "readings.csv").header("ETag"));
    }

    @Test
    void answersHeadAndConditionsForEachForm() throws IOException {
        complete();
        for (String encoding : new String[] {"gzip", "identity"}) {
            Answer get = http.get(entries + "readings.csv", "Accept-Encoding", encoding);
            String head = Wire.ask(server.port(), "HEAD", entries + "readings.csv", "Accept-Encoding: " + encoding);
            assertThat(head)
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Length: " + get.bytes().length + "\r\n")
                    .contains("ETag: " + get.header("ETag"))
                    .endsWith("\r\n\r\n");
            Answer same = http.get(
                    entries + "readings.csv", "Accept-Encoding", encoding, "If-None-Match", get.header("ETag"));
            assertThat(same.status()).isEqualTo(304);
            assertThat(same.response().headers().allValues("Vary")).contains("Accept-Encoding");
            assertThat(http.get(entries + "readings.csv", "Accept-Encoding", encoding, "If-Match", "\"x\"")
                            .status())
                    .isEqualTo(412);
            assertThat(http.get(entries + "readings.csv", "Accept-Encoding", encoding, "Range", "bytes=0-1")
                            .bytes())
                    .isEqualTo(get.bytes());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "attachments/001-plan.png,image/png,001-plan.png",
        "attachments%2F001-plan.png,image/png,001-plan.png",
        "manifest.json,application/json,manifest.json",
        "datapackage.json,application/json,datapackage.json",
        "stored.bin,application/octet-stream,stored.bin",
        "a%3Bb%20%C3%A4.ndjson,application/x-ndjson,a%3Bb%20%C3%A4.ndjson"
    })
    void findsFilesInFoldersAndOfAnyName(String name, String type, String encoded) throws IOException {
        complete();
        Answer answer = http.get(entries + name, "Accept-Encoding", "gzip");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(answer.header("Content-Disposition")).endsWith("filename*=UTF-8''" + encoded);
    }

    @Test
    void givesAStoredFileAsItIs() throws IOException {
        complete();
        Answer answer = http.get(entries + "stored.bin", "Accept-Encoding", "gzip");
        assertThat(answer.header("Content-Encoding")).isNull();
        assertThat(answer.bytes()).isEqualTo(noise);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing.csv",
        "attachments",
        "attachments/",
        "''",
        "..%2Freadings.csv",
        "readings.csv/",
        "/readings.csv"
    })
    void knowsNoOtherNames(String name) throws IOException {
        complete();
        Answer answer = http.get(entries + name);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo("/problems/not-found");
    }

    @Test
    void isNotThereBeforeTheEndNorAfterTheFilesTime() throws IOException {
        assertThat(http.get(entries + "readings.csv").type()).isEqualTo("/problems/not-ready");
        complete();
        server.clock.pass(Duration.ofDays(8));
        assertThat(http.get(entries + "readings.csv").status()).isEqualTo(410);
    }

    @Test
    void countsWhatItSends() throws IOException {
        complete();
        DownloadLog log = server.bean(DownloadLog.class);
        long whole = log.whole();
        long bytes = log.bytes();
        http.get(entries + "readings.csv");
        // Counted last.
        await().until(() -> log.bytes() != bytes);
        assertThat(log.bytes()).isEqualTo(bytes + readings.length);
        assertThat(log.whole()).isEqualTo(whole + 1);
    }

    private void complete() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "readings.csv", readings);
            put(zip, "attachments/", new byte[0]);
            put(zip, "attachments/001-plan.png", noise);
            put(zip, "a;b ä.ndjson", readings);
            ZipEntry stored = new ZipEntry("stored.bin");
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(noise.length);
            CRC32 crc = new CRC32();
            crc.update(noise);
            stored.setCrc(crc.getValue());
            zip.putNextEntry(stored);
            zip.write(noise);
            put(zip, "datapackage.json", "{}".getBytes(StandardCharsets.UTF_8));
            put(
                    zip,
                    "manifest.json",
                    ("{\"files\":[{\"name\":\"readings.csv\",\"sha256\":\"" + Digests.hex(readings) + "\"}]}")
                            .getBytes(StandardCharsets.UTF_8));
        }
        archive = bytes.toByteArray();
        server.complete(server.claim(), archive);
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }

    private static byte[] readings() {
        StringBuilder csv = new StringBuilder("timestamp_ms,value\r\n");
        for (int i = 0; i < 100_000; i++) {
            csv.append(i).append(',').append(i * 37L % 1009).append("\r\n");
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] noise() {
        byte[] bytes = new byte[200_000];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
