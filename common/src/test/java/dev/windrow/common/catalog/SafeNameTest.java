package dev.windrow.common.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {
    /** Of what names are made, and what makes them unsafe. */
    private static final List<String> PIECES = List.of(
            "a",
            "B",
            ".",
            "..",
            " ",
            "/",
            "\\",
            ":",
            "?",
            "\u0000",
            "\n",
            "\u0085",
            "\u00a0",
            "\u00ad",
            "\u200b",
            "\u200d",
            "\u200c",
            "\u202e",
            "\u2028",
            "\u3000",
            "\u3164",
            "\ufeff",
            "\uffff",
            "\ufdd0",
            "\ud800",
            "\udc00",
            "CON",
            "nul",
            "COM1",
            "lpt\u00b3",
            "conout$",
            "\u0131",
            "\u00df",
            "\u00e9",
            "e\u0301",
            "\u0645",
            "\u8a9e",
            "🌲",
            "\udb40\udc41",
            ".jpg",
            "x".repeat(250),
            "\u8a9e".repeat(84));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "readings.csv",
                "1 (2).jpg",
                "Größe 測定 🌲.csv",
                "a..b",
                "console",
                "com.txt",
                "COM10",
                "COMA",
                "nul_.txt",
                "~",
                "-rf",
                "می\u200cخواهم.pdf",
                "👩\u200d💻.png"
            })
    void leavesWhatIsSafeAsItIs(String name) {
        assertThat(SafeName.part(name, "_")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "a:b.txt;a_b.txt",
                "q?.txt;q_.txt",
                "<>:\"/\\|?*;_________",
                "???.jpg;___.jpg",
                "trail.;trail",
                "#trail. .#;trail",
                "# . blank#;blank",
                ".hidden;hidden",
                ".lnk;lnk",
                "CON;CON_",
                "con.txt;con_.txt",
                "aux.tar.gz;aux_.tar.gz",
                "NUL .txt;NUL _.txt",
                "Com1;Com1_",
                "LPT¹.md;LPT¹_.md",
                "conin$;conin$_",
                "CON.;CON_",
            })
    void makesANameSafe(String given, String safe) {
        assertThat(SafeName.part(given, "_")).isEqualTo(safe);
    }

    @Test
    void dropsWhatIsNotSeen() {
        assertThat(SafeName.part("a\u0000b\r\n\tc\u007f\u0085\u2028\u2029d\u200b\u200e\u202egpj.e\ufeffxe", "_"))
                .isEqualTo("abcdgpj.exe");
        assertThat(SafeName.part("a\ud800b\udc00c\ufffe\ufdd0\udb40\udc41d", "_"))
                .isEqualTo("abcd");
        assertThat(SafeName.part("a\u200db\u200c \u3164\u3000", "_")).isEqualTo("ab");
        assertThat(SafeName.part("\u202e\u200b", "_")).isEmpty();
    }

    @Test
    void cutsBeforeTheExtensionAndBetweenCharacters() {
        assertThat(SafeName.part("é".repeat(200) + ".jpeg", "_")).isEqualTo("é".repeat(125) + ".jpeg");
        assertThat(SafeName.part("🌲".repeat(70), "_")).isEqualTo("🌲".repeat(63));
        assertThat(SafeName.part("a." + "b".repeat(300), "_")).isEqualTo("a." + "b".repeat(253));
        assertThat(SafeName.part("CON." + "b".repeat(251), "_")).isEqualTo("CON_." + "b".repeat(250));
        assertThat(SafeName.part("CON" + " ".repeat(300) + "x.txt", "_")).isEqualTo("CON_.txt");
    }

    @ParameterizedTest
    @CsvSource({
        "./one.txt, one.txt",
        "../../evil.txt, evil.txt",
        "/etc/passwd, etc/passwd",
        "C:\\x\\y, C__x_y",
        "a//b/../c/, a/b/c",
        "con/.ssh/x., con_/ssh/x",
        ".., _",
        "'', _"
    })
    void makesAPathSafePartByPart(String given, String safe) {
        assertThat(SafeName.path(given, 4096)).isEqualTo(safe);
    }

    @Test
    void leavesFoldersOutOfAPathThatIsTooLong() {
        String path = SafeName.path("folder/".repeat(1000) + "x".repeat(240) + ".jpg", 4096);

        assertThat(path)
                .hasSizeBetween(4080, 4096)
                .startsWith("folder/folder/")
                .endsWith("/" + "x".repeat(240) + ".jpg");
    }

    @ParameterizedTest
    @CsvSource({
        "README.TXT, readme.txt",
        "STRASSE, straße",
        "STRAẞE, strasse",
        "caf\u00e9, cafe\u0301",
        "CAFE\u0301, caf\u00e9",
        "\u0130, i\u0307",
        "ISIK, \u0131s\u0131k",
        "\u039f\u0394\u039f\u03a3, \u03bf\u03b4\u03bf\u03c3",
        "\u03bf\u03b4\u03bf\u03c2, \u03bf\u03b4\u03bf\u03c3",
        "\ufb01x, FIX",
        "\u212aelvin, kelvin",
        "\u1fb3, \u0391\u0399",
        "\u01c5, \u01c4",
        "\u1e9b\u0323, \u1e69",
        "x\u200cy, xy",
        "𐐀, 𐐨"
    })
    void knowsNamesThatSomeSystemTakesForOne(String one, String other) {
        assertThat(SafeName.key(one)).isEqualTo(SafeName.key(other));
    }

    @Test
    void tellsApartWhatEverySystemTellsApart() {
        assertThat(List.of("a", "b", "e", "é", "è", "a.b", "a b", "1", "¹", "ss", "s", "語", "話").stream()
                        .map(SafeName::key)
                        .distinct())
                .hasSize(13);
    }

    @Test
    void isDoneOnceAndWhateverTheNameIs() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder given = new StringBuilder();
            for (int pieces = random.nextInt(9); pieces >= 0; pieces--) {
                given.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String part = SafeName.part(given.toString(), "_");
            assertThat(SafeName.part(part, "_")).as("seed %d", seed).isEqualTo(part);
            assertThat(part).as("seed %d", seed).doesNotContainPattern("[\\p{Cc}\\p{Cs}<>:\"/\\\\|?*\u202e\u200b]");
            assertThat(part).as("seed %d", seed).doesNotContainPattern("^[. \u00a0]|[. \u00a0]$");
            assertThat(part.toUpperCase(Locale.ROOT))
                    .as("seed %d", seed)
                    .doesNotMatch("(CON|NUL|COM1|LPT\u00b3)( *\\..*)?");
            assertThat(part.getBytes(UTF_8)).as("seed %d", seed).hasSizeLessThanOrEqualTo(255);
            String path = SafeName.path(given.toString(), 300);
            assertThat(SafeName.path(path, 300)).as("seed %d", seed).isEqualTo(path);
            assertThat(path.getBytes(UTF_8)).as("seed %d", seed).hasSizeBetween(1, 300);
        }
    }
}
