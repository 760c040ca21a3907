package dev.windrow.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.client.SampleArchive.Entry;
import dev.windrow.testkit.FakeWindrow;
import dev.windrow.testkit.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads with an earlier archive at hand, from a server on a real socket. */
@Tag("slow")
class DownloadOverIT {
    private static final Patience SHORT = new Patience(
            Duration.ofMillis(200),
            Duration.ofSeconds(20),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(2));

    private static final String WITHOUT_LIST =
            "The archive is downloaded as a whole: the list of its blocks can't be had: ";

    private final FakeWindrow server = new FakeWindrow();
    private final Recorded seen = new Recorded();
    private final Random random = new Random(11);
    private final Entry yesterdays = Entry.random(random, "orders.csv", 30, 60_000);

    @TempDir
    Path folder;

    private Path base;
    private Path target;

    @BeforeEach
    void putYesterdaysArchiveThere() throws IOException {
        base = Files.write(folder.resolve("old.zip"), SampleArchive.of(List.of(yesterdays), 1).bytes);
        target = folder.resolve("out.zip");
    }

    @AfterEach
    void closeTheServer() {
        server.close();
    }

    @Test
    void fetchesNoMoreThanHeadersWhereNothingElseHasChanged() throws Exception {
        serve(yesterdays);
        assertThat(bring() - list().length).isLessThan(200);
        assertThat(rangesAsked()).hasSize(2);
        assertThat(seen.notes).isEmpty();
    }

    @Test
    void fetchesWhatWasAppended() throws Exception {
        byte[] block = Entry.block(random, 60_000);
        serve(yesterdays.and(block));
        assertThat(bring() - list().length).isBetween(30_000L, 32_000L);
    }

    @Test
    void fetchesTheBlockThatHasChanged() throws Exception {
        serve(yesterdays.with(17, Entry.block(random, 60_000)));
        assertThat(bring() - list().length).isBetween(30_000L, 32_000L);
        assertThat(rangesAsked()).hasSize(3);
    }

    @Test
    void asksOnceForWhatLiesCloseTogether() throws Exception {
        Entry small = Entry.random(random, "small.csv", 30, 26_000);
        Files.write(base, SampleArchive.of(List.of(small), 1).bytes);
        serve(small.with(15, Entry.block(random, 26_000)).with(17, Entry.block(random, 26_000)));
        assertThat(bring() - list().length).isBetween(39_000L, 41_000L);
        assertThat(rangesAsked()).hasSize(3);
    }

    /** Whatever became of the archive, and wherever the list says that its stretches end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void makesTheSameBytesOfWhateverTwoArchives(long seed) throws Exception {
        Random any = new Random(seed);
        List<Entry> entries = entries(any);
        for (int i = 0; i < 10; i++) {
            SampleArchive earlier = SampleArchive.of(entries, i);
            entries = changed(entries, any);
            SampleArchive later = SampleArchive.of(entries, i + 1);
            Files.write(base, earlier.bytes);
            serve(later);
            long fetched = bring();
            assertThat(fetched)
                    .as("seed %s, pair %s", seed, i)
                    .isLessThanOrEqualTo(later.bytes.length + later.list().length);
        }
        assertThat(seen.notes).as("seed " + seed).hasSizeLessThan(10);
    }

    private static List<Entry> entries(Random any) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            entries.add(Entry.random(any, "file-" + i, 1 + any.nextInt(16), 1 + any.nextInt(60_000)));
        }
        return entries;
    }

    private static List<Entry> changed(List<Entry> entries, Random any) {
        List<Entry> changed = new ArrayList<>(entries);
        int which = any.nextInt(entries.size());
        Entry one = changed.get(which);
        switch (any.nextInt(5)) {
            case 0 -> changed.set(which, one.and(Entry.block(any, 1 + any.nextInt(50_000))));
            case 1 -> changed.set(which, one.with(any.nextInt(one.blocks().size()), Entry.block(any, 100)));
            case 2 -> changed.set(which, new Entry("another-" + any.nextInt(9), one.blocks()));
            case 3 -> changed.add(which, Entry.random(any, "new-" + any.nextInt(9), 12, 50_000));
            default -> changed.remove(changed.size() > 2 ? which : 0);
        }
        return changed.isEmpty() ? entries(any) : changed;
    }

    @Test
    void mayReplaceTheEarlierArchive() throws Exception {
        serve(yesterdays.and(new byte[] {1}));
        assertThat(client().downloadOver(completed(), base, base, true)).isLessThan(20_000);
        assertThat(base).hasBinaryContent(server.archive);
    }

    @Test
    void takesTheWholeFromAServerThatHasNoList() throws Exception {
        serve(yesterdays);
        server.blocks = null;
        assertThat(bring()).isEqualTo(server.archive.length);
        assertThat(seen.notes)
                .containsExactly("The archive is downloaded as a whole: the server has no list of its blocks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{\"blocks\":7}",
                "{\"blocks\":[[0,5]]}",
                "{\"blocks\":[[1,5,\"x\"]]}",
                "{\"bytes\":99999999999999999999}"
            })
    void takesTheWholeWhereTheListIsNone(String list) throws Exception {
        serve(yesterdays);
        server.blocks = list.getBytes(StandardCharsets.UTF_8);
        assertThat(bring()).isEqualTo(server.archive.length + list.length());
        assertThat(seen.notes).singleElement().asString().contains("the server's list of its blocks does not fit");
    }

    @Test
    void takesTheWholeWhereTheListIsThatOfAnotherArchive() throws Exception {
        serve(yesterdays.with(3, new byte[] {1}));
        server.blocks = SampleArchive.of(List.of(yesterdays), 1).list();
        bring();
        assertThat(seen.notes).singleElement().asString().endsWith("it is the list of another archive");
    }

    /** It says of a stretch that it is one of the earlier archive's, which it is not. */
    @Test
    void takesTheWholeWhereTheListLies() throws Exception {
        serve(yesterdays.with(17, Entry.block(random, 60_000)));
        String[] own = new String(list(), StandardCharsets.US_ASCII).split("\n");
        String[] earlier =
                new String(SampleArchive.of(List.of(yesterdays), 1).list(), StandardCharsets.US_ASCII).split("\n");
        for (int i = 0; i < own.length; i++) {
            String digest = own[i].replaceAll(".*\"([0-9a-f]{64})\"\\],?", "$1");
            if (i > 2 && i < own.length - 3 && !Arrays.toString(earlier).contains(digest)) {
                own[i] = own[i].replace(digest, earlier[5].replaceAll(".*\"([0-9a-f]{64})\"\\],?", "$1"));
            }
        }
        server.blocks = String.join("\n", own).getBytes(StandardCharsets.US_ASCII);
        bring();
        assertThat(seen.notes)
                .containsExactly("The archive is downloaded as a whole: what it was put together of does not make it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish", "empty", "nothing", "folder"})
    void takesTheWholeWhereTheEarlierArchiveIsNone(String what) throws Exception {
        serve(yesterdays);
        Files.delete(base);
        switch (what) {
            case "rubbish" -> Files.writeString(base, "PK\3\4 is how it begins".repeat(9_000));
            case "empty" -> Files.createFile(base);
            case "folder" -> Files.createDirectory(base);
            default -> assertThat(base).doesNotExist();
        }
        bring();
        assertThat(seen.notes)
                .singleElement()
                .asString()
                .matches(
                        "The archive is downloaded as a whole: the earlier archive (has too little of it|can't be read)");
    }

    @ParameterizedTest
    @CsvSource({"0,the earlier archive has changed", "2000000,what it was put together of does not make it"})
    void takesTheWholeWhereTheEarlierArchiveChangesMeanwhile(int bytes, String why) throws Exception {
        serve(yesterdays);
        List<String> notes = new ArrayList<>();
        ProgressListener meddler = new ProgressListener() {
            @Override
            public void status(ExportStatus status) {}

            @Override
            public void download(long here, long total) {
                if (here > 100_000 && notes.isEmpty()) {
                    write(base, new byte[bytes]);
                }
            }

            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
        new ExportClient(server.url(), null, SHORT, Clock.systemUTC(), meddler)
                .downloadOver(completed(), base, target, false);
        assertThat(target).hasBinaryContent(server.archive);
        assertThat(notes).first().asString().endsWith(why);
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void takesTheRestFromAServerThatKnowsNoRanges() throws Exception {
        serve(yesterdays);
        server.ignoresRanges = true;
        bring();
        assertThat(seen.notes).containsExactly("The archive is downloaded as a whole: the server gives no parts of it");
    }

    @Test
    void asksForTheListAgainWhereItWasCut() throws Exception {
        serve(yesterdays);
        server.listCuts.addAll(List.of(500, 1_000));
        assertThat(bring()).isLessThan(20_000);
        assertThat(server.requests).filteredOn(line -> line.endsWith("/blocks")).hasSize(3);
    }

    @Test
    void takesTheWholeWhereTheListCantBeHad() throws Exception {
        serve(yesterdays);
        server.listStatus = 503;
        hasty().downloadOver(completed(), base, target, false);
        assertThat(target).hasBinaryContent(server.archive);
        assertThat(seen.notes).last().asString().isEqualTo(WITHOUT_LIST + server.url() + "/ cannot answer now (503)");
    }

    @Test
    void takesTheWholeWhereTheListIsCutAgainAndAgain() throws Exception {
        serve(yesterdays);
        server.listCuts.addAll(List.of(500, 500));
        hasty().downloadOver(completed(), base, target, false);
        assertThat(target).hasBinaryContent(server.archive);
        assertThat(seen.notes).last().asString().isEqualTo(WITHOUT_LIST + "The download was cut");
    }

    @Test
    void goesOnAfterACutInTheMiddleOfAPiece() throws Exception {
        serve(yesterdays.with(17, Entry.block(random, 60_000)));
        server.cutByStalling = true;
        server.cuts.addAll(List.of(1_000, 10_000));
        bring();
        assertThat(seen.notes).containsExactly("The download was cut; trying again");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherCommandGoesOnWithWhatOneLeft(boolean over) throws Exception {
        serve(yesterdays.with(17, Entry.block(random, 60_000)));
        server.cutByStalling = true;
        server.cuts.addAll(List.of(1_000, 10_000));
        assertThatThrownBy(() -> hasty().downloadOver(completed(), base, target, false))
                .isInstanceOf(ClientException.class);
        long here = Files.size(folder.resolve("out.zip.part"));
        assertThat(here).isPositive();
        server.cuts.clear();
        server.requests.clear();
        if (over) {
            bring();
        } else {
            client().download(completed(), target, false);
        }
        assertThat(target).hasBinaryContent(server.archive);
        assertThat(rangesAsked()).first().asString().contains("Range: bytes=" + here + "-");
        assertThat(Folders.files(folder)).containsExactlyInAnyOrder("old.zip", "out.zip");
    }

    @Test
    void saysThatTheArchiveIsGoneAndLeavesTheEarlierOne() throws Exception {
        serve(yesterdays);
        byte[] before = Files.readAllBytes(base);
        server.expired = true;
        assertThatThrownBy(() -> client().downloadOver(completed(), base, base, true))
                .isInstanceOf(ClientException.class)
                .hasMessage("The file's time is over: It is gone.");
        assertThat(base).hasBinaryContent(before);
    }

    @Test
    void isForWholeArchives() {
        ExportStatus file = completed().with(new ExportStatus.Archive("a.csv", 1, "00", "entries/a.csv"));
        assertThatThrownBy(() -> client().downloadOver(file, base, target, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a file of an archive has no blocks: a.csv");
    }

    private void serve(Entry... entries) {
        serve(SampleArchive.of(List.of(entries), 2));
    }

    private void serve(SampleArchive archive) {
        server.archive = archive.bytes;
        server.blocks = archive.list();
    }

    private byte[] list() {
        byte[] list = server.blocks;
        assertThat(list).isNotNull();
        return list;
    }

    /** Checks that it is the archive, and tells how much was fetched. */
    private long bring() throws Exception {
        long fetched = client().downloadOver(completed(), base, target, true);
        assertThat(target).hasBinaryContent(server.archive);
        return fetched;
    }

    private List<String> rangesAsked() {
        return server.requests.stream().filter(line -> line.contains("/file")).toList();
    }

    private ExportStatus completed() {
        return ExportStatus.of(Json.read(server.completed().getBytes(StandardCharsets.UTF_8)));
    }

    /** One that tries nothing twice. */
    private ExportClient hasty() {
        Patience once = new Patience(
                Duration.ZERO, Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(2));
        return new ExportClient(server.url(), null, once, Clock.systemUTC(), seen);
    }

    private ExportClient client() {
        return new ExportClient(server.url(), null, SHORT, Clock.systemUTC(), seen);
    }
}
