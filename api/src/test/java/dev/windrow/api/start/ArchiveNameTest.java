package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "march readings|march readings.zip",
                "märz.zip|märz.zip",
                "a.ZIP|a.zip",
                "a.zip.zip|a.zip.zip",
                "../../etc/passwd|etcpasswd.zip",
                "..\\..\\boot.ini|boot.ini.zip",
                ".hidden.|hidden.zip",
                "a...b|ab.zip",
                "# spaces # |spaces.zip",
                "v1.2|v1.2.zip",
                "say \"x\"; y|say x; y.zip",
                "a<b>c:d?e*f|abcdef.zip",
                "CON|CON_.zip",
                "con.zip|con_.zip",
                "aux.tar|aux_.tar.zip",
                "COM\u00b2.|COM\u00b2_.zip",
                "zip.|zip.zip",
            })
    void makesANameSafe(String given, String safe) {
        assertThat(ArchiveName.of(given)).contains(safe);
    }

    @Test
    void dropsWhatEndsALineOrTurnsTheDirection() {
        assertThat(ArchiveName.of("a\r\nSet-Cookie: x\u0000\u001b\u202egpj.exe\u2028\ufeff\ud800b"))
                .contains("aSet-Cookie xgpj.exeb.zip");
    }

    @Test
    void keepsCharactersBeyondThePlaneOfOldSystems() {
        assertThat(ArchiveName.of("fête 🎉")).contains("fête 🎉.zip");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ".", "..", "/", "../..", ".zip", "..zip", "\r\n", "\u00a0", "\"<?>*|:\"", "\u200d"})
    void refusesANameOfWhichNothingIsLeft(String given) {
        assertThat(ArchiveName.of(given)).isEmpty();
    }

    @Test
    void countsCharactersNotTheirCodeUnits() {
        assertThat(ArchiveName.of("🎉".repeat(60))).contains("🎉".repeat(60) + ".zip");
        assertThat(ArchiveName.of("🎉".repeat(201))).isEmpty();
        assertThat(ArchiveName.of("a".repeat(200) + ".zip")).contains("a".repeat(200) + ".zip");
    }

    @Test
    void cutsWhatNoFileSystemTakes() {
        assertThat(ArchiveName.of("🎉".repeat(200))).contains("🎉".repeat(62) + ".zip");
        assertThat(ArchiveName.of("語".repeat(100))).contains("語".repeat(83) + ".zip");
    }

    @Test
    void looksAtNothingThatIsFarTooLong() {
        assertThat(ArchiveName.of("x" + " ".repeat(1000))).isEmpty();
        assertThat(ArchiveName.of("x" + " ".repeat(900))).contains("x.zip");
        assertThat(ArchiveName.of("x" + " ".repeat(60_000) + "x")).isEmpty();
        assertThat(ArchiveName.of(" ".repeat(999) + "x")).contains("x.zip");
        assertThat(ArchiveName.of(" ".repeat(1_000) + "x")).isEmpty();
    }
}
