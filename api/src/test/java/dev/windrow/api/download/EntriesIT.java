package dev.windrow.api.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ParameterizedClass(name = "{0}")
@EnumSource(ApiServer.Place.class)
class EntriesIT {
    private static final int FILES = 450;

    private final ApiServer server;
    private final Http http;
    private final String export;
    private final String entries;

    EntriesIT(ApiServer.Place place) {
        server = ApiServer.empty(place);
        http = new Http(server.port());
        export = http.start("{\"dataset\":\"notes\"}").header("Location");
        entries = export + "/entries";
    }

    @Test
    void givesAllFilesPageByPageInTheArchivesOrder() throws IOException {
        complete();
        List<String> names = new ArrayList<>();
        String page = entries + "?limit=200";
        int pages = 0;
        while (page != null) {
            Answer answer = http.get(page);
            assertThat(answer.status()).isEqualTo(200);
            answer.json()
                    .path("items")
                    .forEach(item -> names.add(item.path("name").asString()));
            String link = answer.header("Link");
            page = link == null ? null : link.replaceFirst("<(.*)>; rel=\"next\"", "$1");
            assertThat(answer.json().path("nextCursor").isNull()).isEqualTo(page == null);
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(names)
                .hasSize(FILES)
                .doesNotHaveDuplicates()
                .startsWith(name(0))
                .endsWith(name(FILES - 1));
    }

    @Test
    void describesEachFileAndLeadsToIt() throws IOException {
        complete();
        Answer answer = http.get(entries);
        assertThat(answer.json().path("items")).hasSize(50);
        JsonNode first = answer.json().path("items").get(0);
        assertThat(first.toString())
                .isEqualTo("{\"name\":\"files/a;b ä%2F0.txt\",\"rows\":0,\"bytes\":9,\"sha256\":\""
                        + Digests.hex(content(0)) + "\",\"mediaType\":\"text/plain\",\"url\":\"" + entries
                        + "/files/a%3Bb%20%C3%A4%252F0.txt\"}");
        assertThat(http.get(first.path("url").asString()).bytes()).isEqualTo(content(0));
    }

    @Test
    void tellsWhoHasThePageThatItIsTheSame() throws IOException {
        complete();
        Answer answer = http.get(entries);
        assertThat(http.get(entries, "If-None-Match", answer.header("ETag")).status())
                .isEqualTo(304);
        assertThat(Wire.ask(server.port(), "HEAD", entries))
                .startsWith("HTTP/1.1 200")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "cursor=x", "cursor=MTo", "offset=1", "cursor="})
    void refusesAQueryThatItDoesNotKnow(String query) throws IOException {
        complete();
        Answer answer = http.get(entries + "?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("/problems/malformed-request");
    }

    @Test
    void isThereAsLongAsTheFile() throws IOException {
        assertThat(http.get(entries).type()).isEqualTo("/problems/not-ready");
        complete();
        server.clock.pass(Duration.ofDays(8));
        assertThat(http.get(entries).status()).isEqualTo(410);
        assertThat(http.get("/api/v1/exports/x/entries").status()).isEqualTo(404);
    }

    @Test
    void listsNothingWhereNothingIsDescribed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "readings.csv", content(1));
        }
        server.complete(server.claim(), bytes.toByteArray());
        assertThat(http.get(entries).text()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
    }

    private static String name(int number) {
        return "files/a;b ä%2F" + number + ".txt";
    }

    private static byte[] content(int number) {
        return ("content " + number).getBytes(StandardCharsets.UTF_8);
    }

    private void complete() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder manifest = new StringBuilder("{\"generator\":\"x\",\"options\":{\"csv\":{}},\"files\":[");
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < FILES; i++) {
                put(zip, name(i), content(i));
                manifest.append(i == 0 ? "" : ",").append("{\"name\":\"").append(name(i));
                manifest.append("\",\"rows\":0,\"bytes\":").append(content(i).length);
                manifest.append(",\"sha256\":\"").append(Digests.hex(content(i)));
                manifest.append("\",\"columns\":[{\"name\":\"x\"}],\"missing\":[]}");
            }
            put(zip, "datapackage.json", content(0));
            put(zip, "manifest.json", (manifest + "]}").getBytes(StandardCharsets.UTF_8));
        }
        server.complete(server.claim(), bytes.toByteArray());
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }
}
