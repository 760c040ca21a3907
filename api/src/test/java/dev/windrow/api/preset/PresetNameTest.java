package dev.windrow.api.preset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresetNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "March readings",
                "Übersicht (2026), v1.2 & mehr?",
                "月次レポート",
                "تقرير شهري",
                "📦 #1",
                "می‌خواهم"
            })
    void takesWordsOfPeople(String name) {
        assertThat(PresetName.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " a",
                "a ",
                ".",
                "..",
                ".hidden",
                "a/b",
                "a\\b",
                "a;b",
                "100%",
                "a\nb",
                "a\u0000b",
                "a\u202eb",
                "\ud800"
            })
    void refusesWhatAPathOrAnEyeTakesForSomethingElse(String name) {
        assertThat(PresetName.isName(name)).isFalse();
    }

    @Test
    void countsCharactersAsPeopleDo() {
        assertThat(PresetName.isName("📦".repeat(64))).isTrue();
        assertThat(PresetName.isName("📦".repeat(65))).isFalse();
    }
}
