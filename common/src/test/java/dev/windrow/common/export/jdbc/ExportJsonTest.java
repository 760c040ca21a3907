package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.options.Headers;
import dev.windrow.common.options.JsonOptions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportJsonTest {
    @Test
    void keepsTheTypesAndOrderOfParameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("zero", 0L);
        parameters.put("int", 2_147_483_648L);
        parameters.put("min", Long.MIN_VALUE);
        parameters.put("beyond", BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE));
        parameters.put("huge", BigInteger.TEN.pow(5000));
        parameters.put("tenth", new BigDecimal("0.10"));
        parameters.put("tiny", new BigDecimal("-1.5E-400"));
        parameters.put("far", new BigDecimal("1E+400"));
        parameters.put("yes", true);
        parameters.put("list", List.of(1L, new BigDecimal("1.0"), "1", BigInteger.TWO.pow(64)));
        Map<String, Object> back = ExportJson.parameters(ExportJson.write(parameters));
        assertThat(back).isEqualTo(parameters);
        assertThat(back.keySet()).containsExactlyElementsOf(parameters.keySet());
    }

    @Test
    void keepsAnyTextAndWritesAsciiWithoutNul() {
        Map<String, Object> parameters =
                Map.of("\0 \"'\\\n\u2028 \ud83d\ude00", "\udc00\ud800 \u0000\u001b[0m </script> \u202e");
        String json = ExportJson.write(parameters);
        assertThat(json).matches("[ -~]*");
        assertThat(ExportJson.parameters(json)).isEqualTo(parameters);
    }

    @Test
    void keepsOptions() {
        FormatOptions options = new FormatOptions(CsvOptions.SPREADSHEET, new JsonOptions(2), Headers.TITLES);
        assertThat(ExportJson.options(ExportJson.write(options))).isEqualTo(options);
    }

    /** One that does not know of headers refuses what it does not know, and has none itself. */
    @Test
    void writesOptionsAsOlderProcessesReadAndWriteThem() {
        String older =
                "{\"csv\":{\"bom\":false,\"delimiter\":\",\",\"crlf\":true,\"escapeFormulas\":false,\"mostRows\":0},"
                        + "\"json\":{\"indent\":0}}";
        assertThat(ExportJson.write(FormatOptions.DEFAULT)).isEqualTo(older);
        assertThat(ExportJson.options(older)).isEqualTo(FormatOptions.DEFAULT);
    }

    @Test
    void keepsACutoffWithAFileWithoutRows() {
        Cutoff cutoff = new Cutoff(Instant.parse("2026-03-01T12:00:00.123Z"), Arrays.asList(null, "[7]"), "k");
        assertThat(ExportJson.cutoff(ExportJson.write(cutoff), "k")).isEqualTo(cutoff);
        assertThat(ExportJson.cutoff(null, null)).isNull();
    }

    /** One that does not know of it refuses what it does not know. */
    @Test
    void writesACutoffAsOlderProcessesReadIt() {
        assertThat(ExportJson.write(new Cutoff(Instant.EPOCH, List.of(), "k"))).doesNotContain("key");
    }

    @Test
    void readsWhatVersionsWithoutTypesAndEnginesHaveWritten() {
        Artifact artifact = ExportJson.artifact(
                "{\"key\":\"x.1\",\"bytes\":7,\"sha256\":\"00\",\"entries\":[{\"name\":\"a\",\"rows\":1,\"bytes\":2}]}");
        assertThat(artifact)
                .isEqualTo(Artifact.of("x.1.zip", 7, "00", List.of(new Artifact.Entry("a", 1, 2)), Artifact.ZIP));
        assertThat(ExportJson.checkpoint("{\"claim\":1,\"level\":6,\"length\":9,\"entries\":[]}"))
                .isEqualTo(new Checkpoint(1, 6, null, 9, List.of()));
    }

    /** What rows of other versions hold, to the letter. */
    @Test
    void storesAnArtifactAndACheckpointFlat() {
        String artifact = "{\"key\":\"x.1.zip\",\"bytes\":7,\"sha256\":\"00\","
                + "\"entries\":[{\"name\":\"a.csv\",\"rows\":1,\"bytes\":2}],\"entriesTotal\":1,\"rows\":1,"
                + "\"mediaType\":\"application/zip\",\"extension\":\".zip\"}";
        assertThat(ExportJson.artifact(artifact))
                .isEqualTo(Artifact.of("x.1.zip", 7, "00", List.of(new Artifact.Entry("a.csv", 1, 2)), Artifact.ZIP));
        assertThat(ExportJson.write(ExportJson.artifact(artifact))).isEqualTo(artifact);

        String checkpoint = "{\"claim\":1,\"level\":6,\"engine\":\"zlib/6\",\"length\":9,\"entries\":["
                + "{\"name\":\"a.csv\",\"offset\":1,\"bytes\":2,\"compressedBytes\":3,\"crc32\":4,\"rows\":5,"
                + "\"position\":\"[7]\",\"counts\":{\"replaced\":6},\"fields\":[\"x\"]}]}";
        Checkpoint.Stored stored = new Checkpoint.Stored(1, 2, 3, 4);
        Checkpoint.Entry entry = new Checkpoint.Entry("a.csv", stored, 5, "[7]", Map.of("replaced", 6L), List.of("x"));
        assertThat(ExportJson.checkpoint(checkpoint)).isEqualTo(new Checkpoint(1, 6, "zlib/6", 9, List.of(entry)));
        assertThat(ExportJson.write(ExportJson.checkpoint(checkpoint))).isEqualTo(checkpoint);
    }

    @Test
    void keepsTheFirstEntriesAndTheirTotalAlone() {
        List<Artifact.Entry> entries = IntStream.range(0, 250)
                .mapToObj(i -> new Artifact.Entry("files/" + i, 2, 3))
                .toList();
        Artifact artifact = Artifact.of("x.1.zip", 7, "00", entries, Artifact.ZIP);
        assertThat(artifact.entries()).isEqualTo(entries.subList(0, 100));
        assertThat(artifact.entriesTotal()).isEqualTo(250);
        assertThat(artifact.rows()).isEqualTo(500);
        assertThat(ExportJson.artifact(ExportJson.write(artifact))).isEqualTo(artifact);
    }

    @Test
    void keepsTheTypeOfAnArtifactThatIsNoZip() {
        Artifact artifact = Artifact.of(
                "x.1.parquet", 7, "00", List.of(), new Artifact.Type("application/vnd.apache.parquet", ".parquet"));
        assertThat(ExportJson.artifact(ExportJson.write(artifact))).isEqualTo(artifact);
        assertThat(artifact.keys()).containsExactly("x.1.parquet", "x.1.blocks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"claim\":1,\"level\":6,\"length\":9}", "{\"claim\":1,\"level\":6,\"entries\":[]}"})
    void refusesACheckpointThatLacksAnythingElse(String json) {
        assertThatThrownBy(() -> ExportJson.checkpoint(json)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null x",
                "{}",
                "{\"csv\":null,\"json\":{\"indent\":0}}",
                "{\"csv\":{\"bom\":true,\"delimiter\":\",\",\"crlf\":true,\"escapeFormulas\":true,\"mostRows\":0},\"json\":{\"indent\":0},\"more\":1}",
                "{\"csv\":{\"bom\":true,\"delimiter\":\",\",\"crlf\":true,\"escapeFormulas\":true,\"mostRows\":0},\"json\":{\"indent\":null}}",
                "{\"csv\":{\"bom\":true,\"delimiter\":\",\",\"crlf\":true,\"escapeFormulas\":true},\"json\":{\"indent\":0}}",
                "{\"csv\":{\"bom\":true,\"delimiter\":\",\",\"crlf\":true,\"escapeFormulas\":true,\"mostRows\":0},\"json\":{\"indent\":0},\"json\":{\"indent\":0}}",
                "{\"csv\":{\"bom\":true,\"delimiter\":\",\",\"crlf\":true,\"escapeFormulas\":true,\"mostRows\":0},\"json\":{\"indent\":0}} {}",
                "{\"csv\":{\"bom\":true,\"delimiter\":\",\",\"crlf\":true,\"escapeFormulas\":true,\"mostRows\":0}}",
                "{\"csv\":{\"bom\":true,\"delimiter\":\",\",\"crlf\":true,\"escapeFormulas\":true,\"mostRows\":0},\"json\":{}}",
                "{\"csv\":{\"bom\":true,\"delimiter\":\",\",\"crlf\":true,\"escapeFormulas\":true,\"mostRows\":0},\"json\":{\"indent\":0},\"headers\":\"Titles\"}"
            })
    void refusesWhatItDidNotWrite(String json) {
        assertThatThrownBy(() -> ExportJson.options(json))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("A row of exports holds JSON that does not fit ");
    }
}
