package dev.windrow.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An author's posts, newest first, thousands of them of one instant, with the media that they show. */
@Tag("slow")
final class PostsExampleIT extends ServedExample {
    private static final String LOAD = "load.example.com";
    private static final String HOSTILE = "hostile.example.com";

    @BeforeAll
    static void serveExample() {
        make(Example.POSTS);
        serve();
    }

    @ParameterizedTest
    @CsvSource({
        "posts,load,10000,16aaacbbc77d395e7b8820c90e4cd468fd704cb4cca8f8a4dbac5d8bf2acb201",
        "posts-by-uri,load,10000,0aa466e3fa206cf9a6531404a5504069c7bc8c851397c7f54d4baa2fed10319d",
        "posts,fortunes,3907,42f39ca73c39dcbd8557f76003351dcd4db92f3c31b175891f14e1f842a88a1c",
        "posts,udhr-arb,91,04b27b3321fb0c2cd4eacc4b16125d2364270088328d3946e12ad0a832e2476b",
        "posts,udhr-cmn-hans,90,bbc02122da202319be7d51a9cbb17e9d3ce451819c161bb0174f1433f1be1bb0",
        "posts,empty,0,939afd998aaff2fadeee0a82d37523420275bdc2b67922fc3c5921f7d38fe67a",
        "posts,hostile,515,4a29a70fcae3555b5a7b5566b33cc9b940f40db7e3877fd04ac4b146665532b3",
        "posts-by-uri,hostile,515,50ce8726dd8099478d8fe71c3d0498b990b2a1378f70a349a236f360ad1c8f5b"
    })
    void bringsEveryPostOfAnAuthor(String dataset, String author, int rows, String sha256) {
        JsonNode export = client.complete(
                request(dataset, author + ".example.com", ",\"format\":\"csv\"," + CanonicalCsv.OPTIONS));

        assertThat(export.at("/progress/rowsWritten").asInt()).isEqualTo(rows);
        assertThat(CanonicalCsv.digest(entries(export).get("posts.csv"))).isEqualTo(sha256);
    }

    /** Batches of a thousand end within the five thousand posts of one instant. */
    @ParameterizedTest
    @CsvSource({LOAD, HOSTILE, "empty.example.com"})
    void writesTheJsonThatAWriterWithoutBatchesWrites(String author) {
        byte[] json = entries(client.complete(request("posts", author, ""))).get("posts.json");

        assertThat(new String(json, UTF_8)).isEqualTo(withoutLineEnds(reference(author)));
    }

    /** As Windrow writes what many take for the end of a line. */
    private static String withoutLineEnds(String json) {
        return json.replace("\u0085", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    @Test
    void startsCsvWithAByteOrderMarkWhereItIsAskedFor() {
        JsonNode export = client.complete(
                request("posts", "fortunes.example.com", ",\"format\":\"csv\",\"options\":{\"csv\":{\"bom\":true}}"));

        assertThat(new String(entries(export).get("posts.csv"), UTF_8))
                .startsWith("\ufeffuri,cid,did,text,created_at,");
    }

    @ParameterizedTest
    @CsvSource({
        "\"from\":\"2023-06-01T06:00:00Z\",created_at >= '2023-06-01T06:00:00.000Z'",
        "\"until\":\"2023-06-01T08:00:00+02:00\",created_at < '2023-06-01T06:00:00.000Z'"
    })
    void keepsToTheDatesAskedFor(String bound, String condition) {
        List<String> found = uris(
                client.complete("{\"dataset\":\"posts\",\"parameters\":{\"author\":\"" + LOAD + "\"," + bound + "}}"));

        assertThat(found).isNotEmpty().isEqualTo(uris(condition));
    }

    @Test
    void takesTheFirstMomentAndLeavesTheLastOut() {
        List<List<Object>> ties = SourceRows.query(
                database,
                "select created_at from posts where did like '%load' group by created_at order by count(*) desc limit 1");
        String instant = ties.get(0).get(0).toString();
        String after = instant.replace("Z", "").substring(0, 20) + "999Z";
        List<String> found = uris(client.complete("{\"dataset\":\"posts\",\"parameters\":{\"author\":\"" + LOAD
                + "\",\"from\":\"" + instant + "\",\"until\":\"" + after + "\"}}"));

        assertThat(found).hasSizeGreaterThanOrEqualTo(5_000);
        assertThat(uris(client.complete("{\"dataset\":\"posts\",\"parameters\":{\"author\":\"" + LOAD
                        + "\",\"until\":\"" + instant + "\"}}")))
                .noneMatch(new HashSet<>(found)::contains);
    }

    @Test
    void copiesTheMediaOfThePosts() throws IOException {
        JsonNode export = client.complete(request("posts", LOAD, ""));
        Map<String, byte[]> entries = entries(export);
        Map<String, byte[]> media = new LinkedHashMap<>(entries);
        media.keySet().removeIf(name -> !name.startsWith("media/"));

        assertThat(media).hasSize(200);
        Path folder = database.resolveSibling("media");
        for (Map.Entry<String, byte[]> file : media.entrySet()) {
            Path original = folder.resolve(file.getKey().substring("media/".length()));
            assertThat(file.getValue()).as(file.getKey()).isEqualTo(Files.readAllBytes(original));
        }
        List<String> told =
                SourceRows.query(database, "select sha256 from media where size_bytes < 1000000000").stream()
                        .map(row -> row.get(0).toString())
                        .toList();
        assertThat(media.values()).extracting(HomeInvariants::sha256).containsExactlyInAnyOrderElementsOf(told);
    }

    @Test
    void listsMediaThatAreMissingOrLieElsewhere() {
        Map<String, byte[]> entries = entries(client.complete(request("posts", HOSTILE, "")));
        JsonNode manifest = JsonMapper.shared().readTree(entries.get("manifest.json"));

        assertThat(entries.keySet()).containsExactly("posts.json", "datapackage.json", "manifest.json");
        assertThat(manifest.at("/files/0/missing"))
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrder(
                        "media/../../escape.txt",
                        "media/../outside.txt",
                        "media/a\nb.png",
                        "media/con",
                        "media/missing.png",
                        "media/\u202egnp.exe");
    }

    /** One query, one pass, no batch, and none of the product's code. */
    private static String reference(String author) {
        String columns =
                "uri, cid, did, text, created_at, indexed_at, has_media, like_count, repost_count, reply_count,"
                        + " quote_count, is_reply, reply_parent, embed_type, embed_data, labels, archived_at";
        List<List<Object>> posts = SourceRows.query(
                database,
                "select " + columns + " from posts where did = (select did from profiles where handle = '" + author
                        + "') order by created_at desc, uri");
        List<String> objects = new ArrayList<>();
        for (List<Object> post : posts) {
            StringJoiner object = new StringJoiner(",", "{", "}");
            int next = 0;
            for (String column : columns.split(", ")) {
                object.add(quoted(column) + ":" + json(post.get(next++)));
            }
            objects.add(object.toString());
        }
        return objects.isEmpty() ? "[]\n" : "[\n" + String.join(",\n", objects) + "\n]\n";
    }

    private static String json(Object value) {
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    /** Escaped as little as RFC 8259 (section 7) allows. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int known = "\"\\\b\f\n\r\t".indexOf(c);
            if (known >= 0) {
                json.append('\\').append("\"\\bfnrt".charAt(known));
            } else if (c < ' ') {
                json.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private static List<String> uris(String condition) {
        return SourceRows.query(
                        database,
                        "select uri from posts where did = (select did from profiles where handle = '" + LOAD
                                + "') and " + condition + " order by created_at desc, uri")
                .stream()
                .map(row -> row.get(0).toString())
                .toList();
    }

    private static List<String> uris(JsonNode export) {
        JsonNode posts = JsonMapper.shared().readTree(entries(export).get("posts.json"));
        return posts.valueStream().map(post -> post.path("uri").asString()).toList();
    }

    private static String request(String dataset, String author, String more) {
        return "{\"dataset\":\"" + dataset + "\",\"parameters\":{\"author\":\"" + author + "\"}" + more + "}";
    }
}
