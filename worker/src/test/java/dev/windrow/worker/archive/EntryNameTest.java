package dev.windrow.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "C:\\x",
                "c:x",
                "..",
                "../x",
                "a/../b",
                "a/..",
                ".",
                "./a",
                "a//b",
                "a/",
                "a\\b",
                "\\b",
                "a\nb",
                "a\u0000b",
                "a\u007fb",
                "a\u0085b",
                "a\u2028b",
                "photo\u202egpj.exe",
                "\ud800"
            })
    void refuses(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryName.check(name))
                .withMessageStartingWith("entry name '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "readings.csv", "photos/1 (2).jpg", "Größe/測定 🌲.csv", "a..b", "~/x"})
    void accepts(String name) {
        assertThatCode(() -> EntryName.check(name)).doesNotThrowAnyException();
    }

    /** As an archive has them that was made elsewhere, or before. */
    @ParameterizedTest
    @ValueSource(strings = {"...", ".hidden", "10:30.csv", "CON", "a/aux.txt", "trail. ", "a?b", "a\u200bb"})
    void makesNoneThatSomeSystemRefusesButReadsIt(String name) {
        assertThat(EntryName.isAllowed(name)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryName.check(name))
                .withMessageEndingWith("is no name of a file on every system");
    }

    @Test
    void refusesAPartThatNoFileSystemTakes() {
        assertThatCode(() -> EntryName.check("a/" + "b".repeat(255))).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryName.check("a/" + "é".repeat(128)))
                .withMessageEndingWith("has a part longer than 255 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryName.check("a/".repeat(2048) + "b"))
                .withMessageEndingWith("is longer than 4096 bytes");
    }

    @Test
    void saysWhyWithoutTheControlCharacter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryName.check("a\r\nb"))
                .withMessage("entry name 'a??b' has a control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/x", "\\x", "a\nb", "\ud800", "a//b"})
    void allowsNobodyWhatLeavesTheFolderOrHidesItself(String name) {
        assertThat(EntryName.isAllowed(name)).isFalse();
    }

    @Test
    void allowsTheLongestNameAndNoLonger() {
        assertThat(EntryName.isAllowed("ab/".repeat(1365) + "c")).isTrue();
        assertThat(EntryName.isAllowed("ab/".repeat(1365) + "cd")).isFalse();
    }
}
