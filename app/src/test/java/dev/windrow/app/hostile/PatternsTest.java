package dev.windrow.app.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No regular expression of the product is one that a text can make slow, or overflow the stack. */
final class PatternsTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/dev/windrow/testkit/"))
            .importPackages("dev.windrow");

    @Test
    void readsEveryTextInATimeThatGrowsAsItsLengthDoes() throws IOException {
        List<FoundPattern> patterns = PatternScan.of(PRODUCT).patterns();
        assertThat(patterns).hasSizeGreaterThan(50);

        List<String> complaints = new ArrayList<>();
        for (FoundPattern pattern : patterns) {
            new WorstText(pattern).complaint().ifPresent(complaint -> complaints.add(pattern + " " + complaint));
        }

        assertThat(complaints).isEmpty();
    }

    /**
     * The operator's own patterns for parameters are the one kind that is not written down here: TextRules counts what
     * they read.
     */
    @Test
    void hasNoOtherPatternsThanThoseInTheCode() throws IOException {
        assertThat(PatternScan.of(PRODUCT).unknown())
                .containsExactly("dev.windrow.common.catalog.yaml.ParameterReader.pattern");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "FINDS [\\s\\p{Z}.]+$",
                "FINDS ^[\\t]+|[\\t]+$",
                "FINDS \\s*\\R\\s*",
                "FINDS .*[/\\\\]",
                "FINDS \\{([^}]*)\\}",
                "FINDS \\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?})?",
                "MATCHES \"((?:[!#-\\[\\]-~]|\\\\[\"\\\\])*)\"",
                "MATCHES (a+)+",
                "MATCHES (a|b)*",
                "MATCHES \\s*(.+?)(\\s+(asc|desc))?\\s*",
                "GOES_ALONG [_]*([a-z]+)(?:[_]*=[_]*([a-z]+)?)?(?:[_]*;[_]*)*+[_]*(?:,|$)",
            })
    void findsWhatIsWrongWithThese(Reading reading, String regex) {
        FoundPattern bad = new FoundPattern("here", regex, 0, EnumSet.of(reading));

        assertThat(new WorstText(bad).complaint()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"FINDS (?<![\\r\\n])[\\r\\n]+$", "MATCHES (?:[a-z]|-)*+", "MATCHES [a-z]{1,64}"})
    void findsNothingWrongWithThese(Reading reading, String regex) {
        FoundPattern good = new FoundPattern("here", regex, 0, EnumSet.of(reading));

        assertThat(new WorstText(good).complaint()).isEmpty();
    }

    @Test
    void seesPatternsWhereverTheyAreWritten() throws IOException {
        JavaClasses offenders = new ClassFileImporter().importClasses(Offender.class, Offender.Nested.class);
        PatternScan scan = PatternScan.of(offenders);

        assertThat(scan.patterns())
                .extracting(FoundPattern::regex, FoundPattern::flags)
                .containsExactlyInAnyOrder(
                        tuple("a+", Pattern.CASE_INSENSITIVE | Pattern.DOTALL),
                        tuple("b+", 0),
                        tuple("c+", 0),
                        tuple("d+", 0));
        assertThat(scan.unknown()).hasSize(2).allMatch(where -> where.contains("Offender.made"));
    }

    /** Never run: its class file is read. */
    @SuppressWarnings("UnusedMethod")
    private static final class Offender {
        private static final Pattern CONSTANT = Pattern.compile("a+", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

        boolean reads(String text) {
            return CONSTANT.matcher(text.replaceAll("b" + "+", "x")).find() || text.split("c+", -1).length > 2;
        }

        boolean madeOf(String text, String other) {
            return text.matches(other + "+")
                    || Pattern.compile(other).matcher(text).find();
        }

        private static final class Nested {
            boolean reads(List<String> texts) {
                return texts.stream().anyMatch(text -> text.matches("d+"));
            }
        }
    }
}
