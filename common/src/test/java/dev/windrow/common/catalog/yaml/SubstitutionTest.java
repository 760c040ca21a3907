package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.yaml.tree.Report;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubstitutionTest {
    private final Report report = new Report();
    private final Substitution substitution = new Substitution(Map.of("A", "one", "B", "${A}$1\\")::get);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${A}|one",
                "x${A}y${A:z}$|xoneyone$",
                "${NONE:}|''",
                "${NONE:a${A}}|a${A}",
                "${NONE:$:{\"}|$:{\"",
                "$A {A} $$|$A {A} $$",
                "${B}|${A}$1\\"
            })
    void putsValuesIn(String text, String whole) {
        assertThat(apply(text)).isEqualTo(whole);
        assertThat(report.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${}", "${:a}", "${A", "${A:b", "a${9}", "${A b}", "${A:b ${", "${NONE}"})
    void refusesWhatHasNoValue(String text) {
        assertThat(apply(text)).isNull();
        assertThat(report.problems()).isNotEmpty();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void looksForNoEndWhereThereIsNone() {
        assertThat(apply("${A:".repeat(200_000))).isNull();
        assertThat(report.problems()).hasSize(200_000);
        assertThat(apply("${A:".repeat(200_000) + "}")).isEqualTo("one");
    }

    private String apply(String text) {
        return substitution.apply(text, report.file(0, "catalog.yaml"), 1);
    }
}
