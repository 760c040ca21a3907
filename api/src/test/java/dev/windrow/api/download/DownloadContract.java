package dev.windrow.api.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windrow.api.ApiServer;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What everybody who resumes relies on, whichever way the bytes take to the socket: the table of RFC 9110's rules, row
 * by row.
 */
abstract class DownloadContract {
    /** Of this process, as Linux has them. */
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final ApiServer server;
    private final int port;
    private final Http http;
    private final String export;
    private final String file;
    private final String blocks;
    private final byte[] archive = bytes(300_000);

    /** @param port at which the server is asked */
    DownloadContract(ApiServer.Place place, ToIntFunction<ApiServer> port) {
        this.server = ApiServer.empty(place);
        this.port = port.applyAsInt(server);
        this.http = new Http(this.port);
        this.export = http.start("{\"dataset\":\"notes\",\"fileName\":\"März \\\"2026\\\"; 🎉\"}")
                .header("Location");
        this.file = export + "/file";
        this.blocks = export + "/blocks";
    }

    @Test
    void sendsTheWholeFileWithEverythingThatAResumeNeeds() {
        Artifact artifact = complete();
        Answer answer = http.get(file, "Accept-Encoding", "gzip, br");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(archive);
        assertThat(answer.header("ETag")).isEqualTo("\"" + artifact.sha256() + "\"");
        assertThat(answer.header("Last-Modified")).isEqualTo("Thu, 01 Jan 2026 00:00:00 GMT");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Date")).endsWith(" GMT");
        assertThat(answer.header("Transfer-Encoding")).isNull();
        assertThat(answer.header("Content-Encoding")).isNull();
        assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
        assertThat(answer.header("Content-Length")).isEqualTo("300000");
        assertThat(answer.header("Cache-Control")).isEqualTo("private, no-transform");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Repr-Digest"))
                .isEqualTo("sha-256=:"
                        + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(artifact.sha256())) + ":");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo(
                        "attachment; filename=\"Maerz 2026; _.zip\"; filename*=UTF-8''M%C3%A4rz%202026%3B%20%F0%9F%8E%89.zip");
    }

    @Test
    void answersHeadAsGetWithoutRangesAndWithoutABody() throws IOException {
        complete();
        String head = Wire.ask(port, "HEAD", file, "Range: bytes=0-9");
        assertThat(head)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: 300000\r\n")
                .endsWith("\r\n\r\n");
        assertThat(headers(http.send("HEAD", file, "", "Range", "bytes=0-9"))).isEqualTo(headers(http.get(file)));
        assertThat(Wire.ask(port, "HEAD", file, "Range: bytes=400000-")).startsWith("HTTP/1.1 200");
    }

    @Test
    void sendsOnePart() {
        complete();
        for (int[] range : new int[][] {{0, 0}, {5, 99}, {299_999, 299_999}, {100_000, 250_000}, {0, 299_999}}) {
            Answer answer = http.get(file, "Range", "bytes=" + range[0] + "-" + range[1]);
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.header("Content-Range")).isEqualTo("bytes " + range[0] + "-" + range[1] + "/300000");
            assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
            assertThat(answer.bytes()).isEqualTo(Arrays.copyOfRange(archive, range[0], range[1] + 1));
        }
        assertThat(http.get(file, "Range", "bytes=-7").bytes())
                .isEqualTo(Arrays.copyOfRange(archive, 299_993, 300_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=299999-400000         | bytes 299999-299999/300000",
                "Bytes=0-4                   | bytes 0-4/300000",
                "bytes= 0-4 , ,              | bytes 0-4/300000",
                "bytes=-99999999999999999999 | bytes 0-299999/300000",
                "bytes=5-99999999999999999999999999 | bytes 5-299999/300000",
                "bytes=0-4,3-9,10-19         | bytes 0-19/300000",
                "bytes=0-4,300000-,-0        | bytes 0-4/300000",
            })
    void resolvesARangeAgainstTheFile(String range, String contentRange) {
        complete();
        Answer answer = http.get(file, "Range", range);
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(answer.bytes().length));
    }

    @Test
    void saysOfAPartWhatItSaysOfTheWhole() {
        complete();
        Answer whole = http.get(file);
        Answer part = http.get(file, "Range", "bytes=100000-200000");
        for (String name : new String[] {
            "ETag", "Last-Modified", "Cache-Control", "Repr-Digest", "Content-Disposition", "Accept-Ranges"
        }) {
            assertThat(part.header(name)).as(name).isNotNull().isEqualTo(whole.header(name));
        }
    }

    @Test
    void neverSendsMoreThanTheFileHas() {
        complete();
        String many = "0-,".repeat(300);
        String suffixes = "-1000,".repeat(64);
        for (String set : new String[] {many, suffixes, "0-,1-,2-,3-", "0-0,2-2,".repeat(32)}) {
            assertThat(http.get(file, "Range", "bytes=" + set).bytes()).hasSizeLessThanOrEqualTo(300_000);
        }
    }

    @Test
    void sendsSeveralPartsInTheOrderOfTheRequest() throws IOException {
        complete();
        Answer answer = http.get(file, "Range", "bytes=200000-260000,10-19");
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isNull();
        String boundary = answer.header("Content-Type").replaceFirst("^multipart/byteranges; boundary=", "");
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int[] range : new int[][] {{200_000, 260_000}, {10, 19}}) {
            expected.write(("\r\n--" + boundary + "\r\nContent-Type: application/zip\r\nContent-Range: bytes "
                            + range[0] + "-" + range[1] + "/300000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            expected.write(archive, range[0], range[1] - range[0] + 1);
        }
        expected.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.bytes()).isEqualTo(expected.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=9-1", "items=0-1", "bytes=x", "bytes=0-,0-,1-", "bytes=0-149999,150000-299999", "bytes=,"
            })
    void sendsTheWholeWhereARangeMakesNoSense(String range) {
        complete();
        Answer answer = http.get(file, "Range", range);
        assertThat(answer.bytes()).isEqualTo(archive);
        assertThat(answer.status()).isIn(200, 206);
    }

    @Test
    void refusesARangePastTheEndWithoutSendingTheFile() {
        complete();
        assertThat(http.get(file, "Range", "bytes=-0").status()).isEqualTo(416);
        assertThat(http.get(file, "Range", "bytes=99999999999999999999-").status())
                .isEqualTo(416);
        Answer answer = http.get(file, "Range", "bytes=300000-");
        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */300000");
        assertThat(answer.type()).isEqualTo("/problems/range-not-satisfiable");
        assertThat(answer.header("Content-Disposition")).isNull();
        assertThat(answer.header("ETag")).isNull();
        assertThat(answer.bytes()).hasSizeLessThan(1000);
    }

    @Test
    void goesOnWithTheSameFileOnly() {
        Artifact artifact = complete();
        String tag = "\"" + artifact.sha256() + "\"";
        assertThat(http.get(file, "Range", "bytes=5-", "If-Range", tag).status())
                .isEqualTo(206);
        assertThat(http.get(file, "Range", "bytes=5-", "If-Range", "Thu, 01 Jan 2026 00:00:00 GMT")
                        .status())
                .isEqualTo(206);
        for (String other : new String[] {
            "\"other\"",
            "W/" + tag,
            tag + ", \"other\"",
            "*",
            artifact.sha256(),
            "Thu, 01 Jan 2026 00:00:01 GMT",
            "Wed, 31 Dec 2025 23:59:59 GMT",
            "x"
        }) {
            Answer answer = http.get(file, "Range", "bytes=300000-", "If-Range", other);
            assertThat(answer.status()).as(other).isEqualTo(200);
            assertThat(answer.bytes()).isEqualTo(archive);
        }
    }

    @Test
    void heedsPreconditions() {
        Artifact artifact = complete();
        String tag = "\"" + artifact.sha256() + "\"";
        Answer same = http.get(file, "If-None-Match", "W/" + tag);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.header("ETag")).isEqualTo(tag);
        assertThat(same.header("Content-Disposition")).isNull();
        assertThat(http.get(file, "If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT")
                        .status())
                .isEqualTo(304);
        assertThat(http.get(file, "If-None-Match", "*").status()).isEqualTo(304);
        String later = "Fri, 02 Jan 2026 00:00:00 GMT";
        String earlier = "Wed, 31 Dec 2025 00:00:00 GMT";
        assertThat(http.get(file, "If-None-Match", "\"other\"", "If-Modified-Since", later)
                        .status())
                .as("a tag counts for more than a date")
                .isEqualTo(200);
        assertThat(http.get(file, "If-Match", tag, "If-Unmodified-Since", earlier)
                        .status())
                .isEqualTo(200);
        assertThat(http.get(file, "If-Unmodified-Since", earlier).status()).isEqualTo(412);
        assertThat(http.get(file, "If-Unmodified-Since", "soon").status()).isEqualTo(200);
        assertThat(http.get(file, "If-Match", "W/" + tag).status()).isEqualTo(412);
        assertThat(http.get(file, "If-Match", "\"x\"", "If-None-Match", tag).status())
                .isEqualTo(412);
        Answer other = http.get(file, "If-Match", "\"other\"", "Range", "bytes=0-1");
        assertThat(other.status()).isEqualTo(412);
        assertThat(other.type()).isEqualTo("/problems/precondition-failed");
        assertThat(http.get(file, "If-Match", tag, "Range", "bytes=0-1").status())
                .isEqualTo(206);
    }

    @Test
    void saysNothingOfALengthWhereNothingIsModified() throws IOException {
        complete();
        assertThat(Wire.ask(port, "GET", file, "If-None-Match: *"))
                .startsWith("HTTP/1.1 304")
                .contains("ETag: ", "Last-Modified: ", "Cache-Control: private, no-transform")
                .doesNotContain("Content-Length", "Repr-Digest")
                .endsWith("\r\n\r\n");
    }

    @Test
    void heedsNoConditionOfWhatIsGone() {
        complete();
        server.clock.pass(Duration.ofDays(8));
        assertThat(http.get(file, "If-Match", "\"x\"", "Range", "bytes=0-1").status())
                .isEqualTo(410);
        assertThat(http.get(blocks).type()).isEqualTo("/problems/expired");
        http.send("DELETE", export, "");
        assertThat(http.get(file, "If-Match", "\"x\"").status()).isEqualTo(404);
    }

    @Test
    void givesTheChecksumAsAToolReadsIt() {
        Artifact artifact = complete();
        Answer answer = http.get(file + ".sha256");
        assertThat(answer.text()).isEqualTo(artifact.sha256() + "  März 2026; 🎉.zip\n");
        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
    }

    @Test
    void sendsTheListOfTheArchivesBlocksAsAFile() throws IOException {
        byte[] list = list(complete());
        Answer answer = http.get(blocks, "Accept-Encoding", "br");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(list);
        assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.windrow.blocks+json");
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(list.length));
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Repr-Digest")).isNull();
        assertThat(answer.header("Cache-Control")).isEqualTo("private, no-transform");
        assertThat(answer.header("Content-Disposition")).contains(".zip.blocks.json");
        String tag = answer.header("ETag");
        assertThat(tag).startsWith("\"").isNotEqualTo(http.get(file).header("ETag"));
        Answer part = http.get(blocks, "Range", "bytes=100-99999", "If-Range", tag);
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(list, 100, 100_000));
        assertThat(part.header("Content-Range")).isEqualTo("bytes 100-99999/" + list.length);
        Answer several = http.get(blocks, "Range", "bytes=0-1,100-101");
        assertThat(several.header("Content-Type")).startsWith("multipart/byteranges");
        assertThat(several.text()).contains("Content-Type: application/vnd.windrow.blocks+json");
        assertThat(http.get(blocks, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(http.get(blocks, "If-Match", "\"x\"").status()).isEqualTo(412);
        Answer past = http.get(blocks, "Range", "bytes=" + list.length + "-");
        assertThat(past.status()).isEqualTo(416);
        assertThat(past.header("Content-Range")).isEqualTo("bytes */" + list.length);
        assertThat(Wire.ask(port, "HEAD", blocks))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: " + list.length + "\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void closesTheListAlsoWhereNoPartOfItIsAskedFor() throws IOException {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "this system does not show what is open");
        byte[] list = list(complete());
        List<String> open = openLists();
        for (int i = 0; i < 20; i++) {
            assertThat(http.get(blocks, "Range", "bytes=" + list.length + "-").status())
                    .isEqualTo(416);
        }
        assertThat(openLists()).isEqualTo(open);
    }

    private static List<String> openLists() throws IOException {
        List<String> lists = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                try {
                    lists.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    // Closed since the folder was read, as the descriptor of the folder itself.
                }
            }
        }
        return lists.stream().filter(name -> name.endsWith(".blocks")).toList();
    }

    @Test
    void sendsTheListAsGzipToWhoTakesThat() throws IOException {
        byte[] list = list(complete());
        Answer plain = http.get(blocks);
        assertThat(plain.response().headers().allValues("Vary")).contains("Accept-Encoding");
        assertThat(plain.header("Content-Encoding")).isNull();
        Answer answer = http.get(blocks, "Accept-Encoding", "gzip, deflate");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.response().headers().allValues("Vary")).contains("Accept-Encoding");
        assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.windrow.blocks+json");
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(answer.bytes().length));
        assertThat(answer.header("Accept-Ranges")).isEqualTo("none");
        assertThat(answer.header("Content-Disposition")).contains(".zip.blocks.json");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes())
                .isEqualTo(list);
        String tag = answer.header("ETag");
        assertThat(tag).startsWith("\"").isNotEqualTo(plain.header("ETag"));
        assertThat(http.get(blocks, "Accept-Encoding", "gzip", "If-None-Match", tag)
                        .status())
                .isEqualTo(304);
        assertThat(http.get(blocks, "If-None-Match", tag).status()).isEqualTo(200);
        assertThat(Wire.ask(port, "HEAD", blocks, "Accept-Encoding: gzip"))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: " + answer.bytes().length + "\r\n")
                .endsWith("\r\n\r\n");
    }

    /** Many clients offer gzip with whatever they ask. */
    @Test
    void sendsPartsOfTheListAsTheyAreAlsoToWhoTakesGzip() throws IOException {
        byte[] list = list(complete());
        Answer part = http.get(blocks, "Accept-Encoding", "gzip", "Range", "bytes=100-199");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.header("Content-Encoding")).isNull();
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(list, 100, 200));
        String gzipped = http.get(blocks, "Accept-Encoding", "gzip").header("ETag");
        Answer other = http.get(blocks, "Accept-Encoding", "gzip", "Range", "bytes=100-199", "If-Range", gzipped);
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.bytes()).isEqualTo(list);
    }

    @Test
    void saysThatTheListIsGoneWhereTheArchiveIsThere() throws IOException {
        Artifact artifact = complete();
        server.artifacts.delete(artifact.blocksKey());
        Answer answer = http.get(blocks);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo("/problems/not-found");
        assertThat(answer.json().path("detail").asString())
                .isEqualTo("The list of the archive's blocks is not there; download the archive.");
        assertThat(http.send("HEAD", blocks, "").status()).isEqualTo(404);
        assertThat(http.get(file).bytes()).isEqualTo(archive);
    }

    @Test
    void isNotReadyBeforeTheEnd() {
        for (String path : new String[] {file, file + ".sha256", blocks}) {
            Answer answer = http.get(path, "Range", "bytes=0-1", "If-Match", "\"x\"");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.type()).isEqualTo("/problems/not-ready");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
        server.claim();
        assertThat(http.get(file).type()).isEqualTo("/problems/not-ready");
    }

    @Test
    void hasNoFileOfACancelledOrFailedExport() {
        http.post(export + "/cancel");
        assertThat(http.get(file).status()).isEqualTo(409);
        assertThat(http.get(file).type()).isEqualTo("/problems/no-file");
        assertThat(http.get(file + ".sha256").type()).isEqualTo("/problems/no-file");
        assertThat(http.get(blocks).type()).isEqualTo("/problems/no-file");
        String failed = http.start("{\"dataset\":\"notes\"}").header("Location");
        server.runs.fail(server.claim().lastClaim(), new Failure(FailureCode.INTERNAL, "x"), server.clock.instant());
        assertThat(http.get(failed + "/file").type()).isEqualTo("/problems/no-file");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 299_999, 300_001})
    void neverSendsWrongBytes(int length) {
        Artifact artifact = complete();
        server.artifacts.put(artifact.key(), bytes(length));
        assertWithdrawn(http.get(file, "Range", "bytes=0-1"));
        assertWithdrawn(http.get(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/file", "/blocks", "/entries", "/entries/readings.csv"})
    void withdrawsAFileThatIsLost(String what) throws IOException {
        Artifact artifact = complete();
        server.artifacts.delete(artifact.key());
        assertWithdrawn(http.get(export + what));
        assertThat(http.get(file + ".sha256").status()).isEqualTo(410);
        assertThat(http.post(export + "/links").status()).isEqualTo(410);
        Answer shown = http.get(export);
        assertThat(shown.json().path("state").asString()).isEqualTo("expired");
        assertThat(shown.json().at("/error/detail").asString()).contains("a retry makes it anew");
        assertThat(http.post(export + "/retry").status()).isEqualTo(202);
    }

    private static void assertWithdrawn(Answer answer) {
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.type()).isEqualTo("/problems/expired");
        assertThat(answer.json().path("detail").asString()).contains("a retry makes it anew");
        assertThat(answer.header("Content-Disposition")).isNull();
        assertThat(answer.text()).doesNotContain("/tmp").doesNotContain("artifact");
    }

    /** Puts it there, long enough for every way to the socket. */
    private byte[] list(Artifact artifact) {
        byte[] list = bytes(150_000);
        server.artifacts.put(artifact.blocksKey(), list);
        return list;
    }

    private Artifact complete() {
        return server.complete(server.claim(), archive);
    }

    /** All but the time of the answer. */
    private static Map<String, List<String>> headers(Answer answer) {
        Map<String, List<String>> headers =
                new HashMap<>(answer.response().headers().map());
        headers.remove("date");
        return headers;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }
}
