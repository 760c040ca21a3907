package dev.windrow.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.FileForm;
import dev.windrow.common.catalog.FileForm.Expansion;
import dev.windrow.common.catalog.FileForm.Header;
import dev.windrow.common.catalog.FileForm.Kind;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.export.FailureCode;
import dev.windrow.common.export.Phase;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.State;
import dev.windrow.common.options.CsvOptions;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.common.options.Headers;
import dev.windrow.common.options.JsonOptions;
import dev.windrow.common.source.RowSelection;
import dev.windrow.worker.attachments.AttachmentFolder;
import dev.windrow.worker.attachments.AttachmentList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole runs of what a file can be besides plain rows of CSV, undisturbed and resumed. */
final class FileFormsTest {
    private static final int ROWS = 6_901;
    private static final DatasetFile NUMBERS =
            rows("numbers", "select n, words from numbers", FileForm.ROWS, "n", "words");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"JSON", "NDJSON"})
    void writesJsonTheSameWhereverItResumes(Format format) throws Exception {
        byte[] archive = sameWhereverItResumes(format, FormatOptions.DEFAULT, NUMBERS);

        String text = entry(archive, "numbers." + format.id());
        assertThat(text.lines().filter(line -> line.startsWith("{"))).hasSize(ROWS);
        assertThat(text).contains("{\"n\":7,\"words\":\"number 7 of them\"}");
    }

    @Test
    void writesAWorkbookTheSameWhereverItResumes() throws Exception {
        byte[] archive = sameWhereverItResumes(Format.XLSX, FormatOptions.DEFAULT, NUMBERS);

        assertThat(names(archive)).containsExactly("numbers.xlsx", "datapackage.json", "manifest.json");
        byte[] workbook = bytes(archive, "numbers.xlsx");
        try (ReadableWorkbook read = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
            List<Row> rows = read.getFirstSheet().read();
            assertThat(rows).hasSize(ROWS + 1);
            assertThat(rows.get(ROWS).getCell(0).asNumber()).isEqualByComparingTo("" + ROWS);
            assertThat(rows.get(ROWS).getCell(1).asString()).isEqualTo("number " + ROWS + " of them");
        }
        JsonNode file = manifest(archive).get("files").get(0);
        assertThat(file.get("rows").asLong()).isEqualTo(ROWS);
        assertThat(file.propertyNames())
                .containsExactly(
                        "name",
                        "rows",
                        "bytes",
                        "sha256",
                        "columns",
                        "replaced",
                        "escaped",
                        "truncated",
                        "masked",
                        "renamed",
                        "missing");
        try (ZipFile zip = zip(archive)) {
            ZipEntry entry = zip.getEntry("numbers.xlsx");
            // Kept as it is, but for what frames blocks.
            assertThat(entry.getCompressedSize()).isBetween(entry.getSize(), entry.getSize() + 100);
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void describesItsFilesForOtherProgramsTheSameWhereverItResumes(Format format) throws Exception {
        Files.writeString(media().resolve("a.txt"), "first");

        byte[] archive = sameWhereverItResumes(
                format, FormatOptions.DEFAULT, NUMBERS, object("select 1 as a, 'x' as b"), attachments());

        assertThat(names(archive))
                .containsExactly(
                        "numbers." + format.id(), "run.json", "media/a.txt", "datapackage.json", "manifest.json");
        JsonNode described = JsonMapper.shared().readTree(entry(archive, "datapackage.json"));
        JsonNode files = manifest(archive).get("files");
        assertThat(described.get("resources")).hasSize(files.size());
        for (int i = 0; i < files.size(); i++) {
            JsonNode file = described.get("resources").get(i);
            assertThat(file.get("path")).isEqualTo(files.get(i).get("name"));
            assertThat(file.get("bytes")).isEqualTo(files.get(i).get("bytes"));
            assertThat(file.get("hash").asString())
                    .isEqualTo("sha256:" + files.get(i).get("sha256").asString());
        }
        assertThat(described.at("/resources/0/schema/fields"))
                .extracting(field -> field.get("name").asString())
                .containsExactly("n", "words");
        assertThat(described.at("/resources/0/schema/primaryKey/0").asString()).isEqualTo("n");
    }

    @Test
    void partsCsvAtTheMostRowsOfAFile() throws Exception {
        byte[] archive = sameWhereverItResumes(
                Format.CSV, FormatOptions.of(new CsvOptions(false, ',', true, false, 2_600)), NUMBERS);

        assertThat(names(archive))
                .containsExactly("numbers.csv", "numbers-2.csv", "numbers-3.csv", "datapackage.json", "manifest.json");
        assertThat(entry(archive, "numbers.csv").lines())
                .hasSize(2_601)
                .startsWith("n,words")
                .endsWith("2600,number 2600 of them");
        assertThat(entry(archive, "numbers-2.csv").lines())
                .hasSize(2_601)
                .startsWith("n,words", "2601,number 2601 of them");
        assertThat(entry(archive, "numbers-3.csv").lines()).hasSize(ROWS - 5_200 + 1);
        assertThat(manifest(archive).get("files"))
                .extracting(file -> file.get("rows").asLong())
                .containsExactly(2_600L, 2_600L, 1_701L);
    }

    @Test
    void headsEveryPartOfAFileByTitlesWhereverItResumes() throws Exception {
        FormatOptions titles =
                new FormatOptions(new CsvOptions(false, ',', true, true, 2_600), JsonOptions.DEFAULT, Headers.TITLES);

        byte[] archive = sameWhereverItResumes(Format.CSV, titles, titled(), object("select 1 as a, 'x' as b"));

        for (String name : List.of("numbers.csv", "numbers-2.csv", "numbers-3.csv")) {
            assertThat(entry(archive, name).lines()).startsWith("Number,'=1+1");
        }
        assertThat(entry(archive, "run.json")).isEqualTo("{\"a\":1,\"b\":\"x\"}\n");
        JsonNode manifest = manifest(archive);
        assertThat(manifest.get("options").toString())
                .isEqualTo(
                        "{\"csv\":{\"bom\":false,\"delimiter\":\",\",\"lineEnding\":\"crlf\",\"formulas\":\"escape\"},"
                                + "\"headers\":\"titles\"}");
        assertThat(manifest.at("/files/0/columns"))
                .extracting(column -> column.get("name").asString())
                .containsExactly("n", "words");
        assertThat(manifest.get("files"))
                .extracting(file -> file.get("escaped").asLong())
                .containsExactly(1L, 1L, 1L, 0L);
    }

    @Test
    void headsAWorkbookByTitlesWhereverItResumes() throws Exception {
        FormatOptions titles = new FormatOptions(CsvOptions.DEFAULT, JsonOptions.DEFAULT, Headers.TITLES);

        byte[] archive = sameWhereverItResumes(Format.XLSX, titles, titled());

        byte[] workbook = bytes(archive, "numbers.xlsx");
        try (ReadableWorkbook read = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
            Row header = read.getFirstSheet().read().get(0);
            assertThat(header.getCell(0).asString()).isEqualTo("Number");
            assertThat(header.getCell(1).asString()).isEqualTo("=1+1");
        }
        assertThat(manifest(archive).get("options").toString()).isEqualTo("{\"headers\":\"titles\"}");
    }

    @Test
    void saysNothingOfTitlesWhereNobodyAskedForThem() throws Exception {
        byte[] archive = run("untitled", Format.CSV, FormatOptions.DEFAULT, titled());

        assertThat(entry(archive, "numbers.csv"))
                .isEqualTo(entry(run("names", Format.CSV, FormatOptions.DEFAULT, NUMBERS), "numbers.csv"));
        assertThat(manifest(archive).get("options").propertyNames()).containsExactly("csv");
    }

    /** As NUMBERS, whose columns have titles. */
    private static DatasetFile titled() {
        List<Column> columns = List.of(
                new Column("n", ColumnType.ANY, false, "Number"), new Column("words", ColumnType.ANY, false, "=1+1"));
        return new DatasetFile(NUMBERS.name(), NUMBERS.query(), NUMBERS.key(), columns, 100, FileForm.ROWS);
    }

    /** As sales-2023 beside sales. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsAPartOfAFileFromAFileThatIsNamedLikeOne(boolean first) throws Exception {
        FormatOptions parts = FormatOptions.of(new CsvOptions(false, ',', true, false, 2_600));
        DatasetFile year = rows("numbers-2023", "select n, n * 2 as twice from numbers", FileForm.ROWS, "n", "twice");
        DatasetFile[] files = first ? new DatasetFile[] {year, NUMBERS} : new DatasetFile[] {NUMBERS, year};

        JsonNode described =
                manifest(sameWhereverItResumes(Format.CSV, parts, files)).get("files");

        assertThat(described).hasSize(6);
        assertThat(described)
                .allSatisfy(file -> assertThat(
                                file.get("columns").get(1).get("name").asString())
                        .isEqualTo(file.get("name").asString().startsWith("numbers-2023") ? "twice" : "words"));
    }

    @Test
    void beginsNoFurtherFileForNoRow() throws Exception {
        byte[] archive = sameWhereverItResumes(
                Format.CSV, FormatOptions.of(new CsvOptions(false, ',', true, false, ROWS)), NUMBERS);

        assertThat(names(archive)).containsExactly("numbers.csv", "datapackage.json", "manifest.json");
    }

    @Test
    void writesAnObjectInEveryFormat() throws Exception {
        byte[] archive =
                sameWhereverItResumes(Format.CSV, FormatOptions.DEFAULT, object("select 1 as a, 'x' as b"), NUMBERS);

        assertThat(entry(archive, "run.json")).isEqualTo("{\"a\":1,\"b\":\"x\"}\n");
        assertThat(manifest(archive).get("files").get(0).get("rows").asLong()).isEqualTo(1);
    }

    @Test
    void failsWhereAnObjectHasNoRowOrTwo() throws Exception {
        for (String query : List.of("select 1 as a, 2 as b where 1 = 0", "select n as a, n as b from numbers")) {
            try (Bench bench = bench(query.substring(0, 8) + query.length(), object(query), NUMBERS)) {
                bench.queue(Format.JSON, FormatOptions.DEFAULT);
                runAll(bench);

                assertThat(bench.export().state()).isEqualTo(State.FAILED);
                assertThat(Objects.requireNonNull(bench.export().outcome().failure())
                                .code())
                        .isEqualTo(FailureCode.SOURCE_QUERY_FAILED);
                assertThat(bench.export().outcome().failure().detail())
                        .startsWith("File run must have exactly one row, and the source gave");
            }
        }
    }

    @Test
    void putsTheHeaderAroundTheRowsOfJsonAlone() throws Exception {
        Header header = new Header("select 5 as a, 'survey' as b", any("a", "b"), "responses");
        DatasetFile file = rows(
                "numbers", "select n, words from numbers", new FileForm(Kind.ROWS, header, null, null), "n", "words");

        JsonNode whole = JsonMapper.shared()
                .readTree(entry(sameWhereverItResumes(Format.JSON, FormatOptions.DEFAULT, file), "numbers.json"));
        assertThat(whole.propertyNames()).containsExactly("a", "b", "responses");
        assertThat(whole.get("b").asString()).isEqualTo("survey");
        assertThat(whole.get("responses")).hasSize(ROWS);

        String lines = entry(run("ndjson", Format.NDJSON, FormatOptions.DEFAULT, file), "numbers.ndjson");
        assertThat(lines).startsWith("{\"n\":1,").doesNotContain("survey");
    }

    @Test
    void indentsTheHeaderAndTheRowsAndAnObject() throws Exception {
        Header header = new Header("select 5 as a, 'survey' as b", any("a", "b"), "responses");
        DatasetFile file = rows(
                "numbers", "select n, words from numbers", new FileForm(Kind.ROWS, header, null, null), "n", "words");
        FormatOptions indented = FormatOptions.of(new JsonOptions(2));

        byte[] archive = sameWhereverItResumes(Format.JSON, indented, object("select 1 as a, json('[2]') as b"), file);

        assertThat(entry(archive, "run.json")).isEqualTo("{\n  \"a\": 1,\n  \"b\": \"[2]\"\n}\n");
        String json = entry(archive, "numbers.json");
        assertThat(json).startsWith("""
                {
                  "a": 5,
                  "b": "survey",
                  "responses": [
                    {
                      "n": 1,
                      "words": "number 1 of them"
                    },
                    {
                """);
        assertThat(json).endsWith("of them\"\n    }\n  ]\n}\n");
        assertThat(JsonMapper.shared().readTree(json).get("responses")).hasSize(ROWS);
        assertThat(manifest(archive).get("options").toString()).isEqualTo("{\"json\":{\"indent\":2}}");
    }

    @Test
    void makesColumnsOfTheFieldsOfTheFirstRows() throws Exception {
        DatasetFile file = expanded(new Expansion("payload", List.of()));

        String csv = entry(sameWhereverItResumes(Format.CSV, FormatOptions.DEFAULT, file), "samples.csv");

        List<String> lines = csv.lines().toList();
        assertThat(lines.get(0)).isEqualTo("id,t,part,even,_extra");
        assertThat(lines.get(1)).isEqualTo("1,s1,1,,");
        assertThat(lines.get(2)).isEqualTo("2,s2,2,true,");
        assertThat(lines.get(ROWS))
                .isEqualTo(ROWS + ",s" + ROWS + "," + ROWS + ",,\"{\"\"late\"\":[1,{\"\"a\"\":null}]}\"");

        JsonNode json = JsonMapper.shared()
                .readTree(entry(run("json", Format.JSON, FormatOptions.DEFAULT, file), "samples.json"));
        assertThat(json.get(ROWS - 1).get("_extra").get("late").get(0).asInt()).isEqualTo(1);
        assertThat(json.get(0).get("even").isNull()).isTrue();
    }

    @Test
    void makesColumnsOfTheFieldsThatTheCatalogNames() throws Exception {
        DatasetFile file = expanded(new Expansion("payload", List.of("part", "none")));

        byte[] archive = sameWhereverItResumes(Format.CSV, FormatOptions.DEFAULT, file);

        assertThat(entry(archive, "samples.csv").lines().toList().subList(0, 3))
                .containsExactly(
                        "id,part,none,_extra",
                        "1,1,,\"{\"\"t\"\":\"\"s1\"\"}\"",
                        "2,2,,\"{\"\"t\"\":\"\"s2\"\",\"\"even\"\":true}\"");
        assertThat(manifest(archive).get("files").get(0).get("columns"))
                .extracting(column -> column.get("name").asString())
                .containsExactly("id", "part", "none", "_extra");
    }

    /** A full file ends in the middle of a leg, and its rows after that are the next file's. */
    @ParameterizedTest
    @ValueSource(strings = {"", "part,none"})
    void makesColumnsOfFieldsInEachFileThatRowsArePartedInto(String named) throws Exception {
        List<String> fields = named.isEmpty() ? List.of() : List.of(named.split(","));
        DatasetFile file = expanded(new Expansion("payload", fields));

        byte[] archive = sameWhereverItResumes(
                Format.CSV, FormatOptions.of(new CsvOptions(false, ',', true, false, 2_600)), file);

        assertThat(names(archive))
                .containsExactly("samples.csv", "samples-2.csv", "samples-3.csv", "datapackage.json", "manifest.json");
        List<String> all = new ArrayList<>();
        for (String name : List.of("samples.csv", "samples-2.csv", "samples-3.csv")) {
            List<String> lines = entry(archive, name).lines().toList();
            assertThat(lines.get(0)).isEqualTo(fields.isEmpty() ? "id,t,part,even,_extra" : "id,part,none,_extra");
            all.addAll(lines.subList(1, lines.size()));
        }
        String whole = entry(run("whole" + fields.size(), Format.CSV, FormatOptions.DEFAULT, file), "samples.csv");
        assertThat(all).isEqualTo(whole.lines().skip(1).toList());
        assertThat(manifest(archive).get("files"))
                .extracting(part -> part.get("rows").asLong())
                .containsExactly(2_600L, 2_600L, 1_701L);
    }

    @Test
    void copiesAttachmentsAndListsThoseThatItCantCopy() throws Exception {
        DatasetFile file = attachments();
        byte[] big = new byte[3_500_000];
        new Random(7).nextBytes(big);
        Files.write(media().resolve("big.jpg"), big);
        Files.writeString(media().resolve("a.txt"), "first");
        Files.createDirectories(media().resolve("sub"));
        Files.writeString(media().resolve("sub/a.txt"), "second");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(media().resolve("link.txt"), folder.resolve("secret"));

        byte[] archive = sameWhereverItResumes(Format.CSV, FormatOptions.DEFAULT, NUMBERS, file);

        assertThat(names(archive))
                .containsExactly(
                        "numbers.csv",
                        "media/a.txt",
                        "media/a (2).txt",
                        "media/big.jpg",
                        "datapackage.json",
                        "manifest.json");
        assertThat(entry(archive, "media/a.txt")).isEqualTo("first");
        assertThat(entry(archive, "media/a (2).txt")).isEqualTo("second");
        assertThat(bytes(archive, "media/big.jpg")).isEqualTo(big);
        assertThat(manifest(archive).get("files").get(0).get("missing"))
                .extracting(JsonNode::asString)
                .containsExactly("media/../secret", "media//etc/passwd", "media/gone.jpg", "media/link.txt");
        assertThat(manifest(archive).get("files").get(3).get("bytes").asLong()).isEqualTo(big.length);
        assertThat(manifest(archive).get("files"))
                .extracting(described -> described.get("renamed").toString())
                .containsExactly("[]", "[]", "[\"media/a.txt\"]", "[]");
    }

    /** Each of them is there, whatever it is to be called. */
    @Test
    void callsAttachmentsWhatEverySystemTakesAndTellsWhatTheyWereToBeCalled() throws Exception {
        Files.writeString(media().resolve("one.txt"), "one");
        DatasetFile file = attachments();
        byte[] archive;
        try (Bench bench = bench("names", NUMBERS, file)) {
            bench.sql("delete from media");
            bench.sql("insert into media values ('one.txt', 'a:b.txt'), ('one.txt', 'CON'), ('one.txt', 'trail.'),"
                    + " ('one.txt', 'q?.txt'), ('one.txt', 'caf' || char(233) || '.txt'),"
                    + " ('one.txt', 'cafe' || char(769) || '.txt'), ('./one.txt', null), ('one.txt', '../../evil.txt'),"
                    + " ('one.txt', 'one.txt/in')");
            bench.queue(Format.CSV, FormatOptions.DEFAULT);
            runAll(bench);
            assertThat(bench.export().outcome().warnings())
                    .extracting(warning -> warning.type() + warning.detail().substring(0, 7))
                    .containsExactly("NAMES_CHANGED7 files");
            archive = bench.archive();
        }

        assertThat(names(archive))
                .containsExactlyInAnyOrder(
                        "numbers.csv",
                        "media/evil.txt",
                        "media/CON_",
                        "media/a_b.txt",
                        "media/cafe\u0301.txt",
                        "media/caf\u00e9 (2).txt",
                        "media/one (2).txt",
                        "media/one.txt/in",
                        "media/q_.txt",
                        "media/trail",
                        "datapackage.json",
                        "manifest.json");
        assertThat(manifest(archive).get("files"))
                .extracting(described -> described.get("renamed").toString() + described.get("missing"))
                .containsExactlyInAnyOrder(
                        "[][]",
                        "[][]",
                        "[][]",
                        "[\"media/../../evil.txt\"][]",
                        "[\"media/CON\"][]",
                        "[\"media/a:b.txt\"][]",
                        "[\"media/caf\u00e9.txt\"][]",
                        "[\"media/one.txt\"][]",
                        "[\"media/q?.txt\"][]",
                        "[\"media/trail.\"][]");
    }

    @Test
    void looksWhetherItIsStillWantedWhileItNamesAttachments() throws Exception {
        DatasetFile file = attachments();
        try (Bench bench = bench("many", NUMBERS, file);
                AttachmentFolder root = new AttachmentFolder(media(), false, Duration.ofMinutes(1))) {
            bench.sql("with recursive c(n) as (select 1 union all select n + 1 from c where n < 20000)"
                    + " insert into media select 'photo.jpg', null from c");
            RowSelection selection = new RowSelection(
                    bench.dataset().source(), file, file.columns(), new BoundParameters(Map.of(), Map.of()));
            AtomicInteger looks = new AtomicInteger();

            AttachmentList list = AttachmentList.read(selection, root, bench.source::open, looks::incrementAndGet);

            assertThat(list.attachments()).hasSize(20_007);
            assertThat(looks).hasValueGreaterThanOrEqualTo(40);
            assertThatIllegalStateException()
                    .isThrownBy(() -> AttachmentList.read(selection, root, bench.source::open, () -> {
                        throw new IllegalStateException("stop");
                    }));
        }
    }

    @Test
    void saysThatItCopiesAttachments() throws Exception {
        Files.writeString(media().resolve("a.txt"), "first");
        try (Bench bench = bench("phase", NUMBERS, attachments())) {
            bench.queue(Format.NDJSON, FormatOptions.DEFAULT);
            AtomicReference<Progress> seen = new AtomicReference<>();
            // The run's thread waits here for the one that writes progress.
            StoppingSource.Event look =
                    () -> await().atMost(Duration.ofSeconds(30)).until(() -> {
                        seen.set(bench.export().progress());
                        return seen.get().phase() != Phase.ROWS;
                    });
            try (ExportRunner runner = bench.runner(StoppingSource.after(ROWS + 1, bench.source, look))) {
                runner.runNext();
            }

            assertThat(seen.get().phase()).isEqualTo(Phase.ATTACHMENTS);
            assertThat(seen.get().rowsWritten()).isEqualTo(ROWS);
            assertThat(bench.export().state()).isEqualTo(State.COMPLETED);
        }
    }

    @Test
    void saysThatItWritesRowsAgainAfterAttachments() throws Exception {
        Files.writeString(media().resolve("a.txt"), "first");
        DatasetFile more = rows("more", "select n, words from numbers", FileForm.ROWS, "n", "words");
        try (Bench bench = bench("again", NUMBERS, attachments(), more)) {
            bench.queue(Format.NDJSON, FormatOptions.DEFAULT);
            AtomicReference<Progress> seen = new AtomicReference<>();
            int media = 7;
            try (ExportRunner runner = bench.runner(StoppingSource.after(
                    ROWS + media + 5_000,
                    bench.source,
                    () -> seen.set(bench.export().progress())))) {
                runner.runNext();
            }

            assertThat(seen.get().phase()).isEqualTo(Phase.ROWS);
            assertThat(seen.get().rowsWritten()).isBetween(ROWS + 1L, ROWS + 5_000L);
        }
    }

    /** On a JDK before 19 Double.toString has 1.9999999999999998E23. */
    @Test
    void keepsANumberInAColumnOfJsonAsShortAsItIsOnEveryJdk() throws Exception {
        DatasetFile file = rows(
                "samples",
                "select n as id, iif(n = 2, 9e999, 2e23) as payload from numbers where n < 3",
                new FileForm(Kind.ROWS, null, new Expansion("payload", List.of()), null),
                "id",
                "payload");

        String json = entry(run("doubles", Format.NDJSON, FormatOptions.DEFAULT, file), "samples.ndjson");

        assertThat(json).isEqualTo("{\"id\":1,\"_extra\":2.0E23}\n{\"id\":2,\"_extra\":\"Infinity\"}\n");
    }

    /**
     * The archive of an undisturbed run, once it is found that runs that are stopped and gone on with at many places
     * end with the same.
     */
    private byte[] sameWhereverItResumes(Format format, FormatOptions options, DatasetFile... files) throws Exception {
        byte[] undisturbed = run("undisturbed" + format + files.length, format, options, files);
        for (int rows : new int[] {1, 2_620, 5_200, ROWS}) {
            try (Bench bench = bench("stopped" + rows + format + options.hashCode(), files)) {
                bench.queue(format, options);
                AtomicReference<ExportRunner> self = new AtomicReference<>();
                try (ExportRunner first = bench.runner(StoppingSource.after(
                        rows, bench.source, () -> self.get().shutDown()))) {
                    self.set(first);
                    first.runNext();
                }
                for (int claims = 0; claims < 30 && bench.export().state() == State.QUEUED; claims++) {
                    runAll(bench);
                }
                assertThat(bench.archive()).as("stopped after %d rows", rows).isEqualTo(undisturbed);
            }
        }
        return undisturbed;
    }

    private byte[] run(String name, Format format, FormatOptions options, DatasetFile... files) throws Exception {
        try (Bench bench = bench(name, files)) {
            bench.queue(format, options);
            runAll(bench);
            assertThat(bench.export().outcome().failure()).isNull();
            return bench.archive();
        }
    }

    private static void runAll(Bench bench) {
        try (ExportRunner runner = bench.runner()) {
            runner.runNext();
        }
    }

    private Bench bench(String name, DatasetFile... files) throws Exception {
        Bench bench = new Bench(Files.createDirectories(folder.resolve(name)))
                .withRows(ROWS)
                .withFiles(files);
        bench.sql("create table samples as select n as id, json_object('t', 's' || n) as payload from numbers");
        bench.sql("update samples set payload = json_set(payload, '$.even', json('true')) where id % 2 = 0");
        bench.sql("update samples set payload = json_set(payload, '$.part', id)");
        bench.sql("update samples set payload = json_set(payload, '$.late', json('[1, {\"a\": null}]')) where id = "
                + ROWS);
        bench.sql("create table media (path text, name text)");
        bench.sql(
                "insert into media values ('a.txt', null), ('sub/a.txt', 'a.txt'), ('big.jpg', null), ('gone.jpg', null),"
                        + " ('../secret', null), ('/etc/passwd', null), ('link.txt', null)");
        return bench;
    }

    private Path media() throws IOException {
        return Files.createDirectories(folder.resolve("media"));
    }

    private DatasetFile attachments() throws IOException {
        FileForm form = new FileForm(Kind.ATTACHMENTS, null, null, media());
        return new DatasetFile("media", "select path, name from media", List.of(), texts("path", "name"), 1000, form);
    }

    private static DatasetFile expanded(Expansion expansion) {
        return rows(
                "samples",
                "select id, payload from samples",
                new FileForm(Kind.ROWS, null, expansion, null),
                "id",
                "payload");
    }

    private static DatasetFile object(String query) {
        return new DatasetFile("run", query, List.of(), any("a", "b"), 1000, FileForm.OBJECT);
    }

    private static DatasetFile rows(String name, String query, FileForm form, String... columns) {
        return new DatasetFile(name, query, List.of(new KeyPart(columns[0], false)), any(columns), 100, form);
    }

    private static List<Column> any(String... names) {
        return Stream.of(names)
                .map(name -> new Column(name, ColumnType.ANY, false, null))
                .toList();
    }

    private static List<Column> texts(String... names) {
        return Stream.of(names)
                .map(name -> new Column(name, ColumnType.STRING, true, null))
                .toList();
    }

    private JsonNode manifest(byte[] archive) throws IOException {
        return JsonMapper.shared().readTree(entry(archive, "manifest.json"));
    }

    private List<String> names(byte[] archive) throws IOException {
        try (ZipFile zip = zip(archive)) {
            return Collections.list(zip.entries()).stream()
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    private String entry(byte[] archive, String name) throws IOException {
        return new String(bytes(archive, name), StandardCharsets.UTF_8);
    }

    private byte[] bytes(byte[] archive, String name) throws IOException {
        try (ZipFile zip = zip(archive)) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }

    private ZipFile zip(byte[] archive) throws IOException {
        return new ZipFile(Files.write(folder.resolve("read.zip"), archive).toFile());
    }
}
