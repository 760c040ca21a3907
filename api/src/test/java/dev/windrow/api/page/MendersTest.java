package dev.windrow.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.export.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the button says of failures and refusals, beside the types that the server has. */
class MendersTest {
    private static final Path FILE = Path.of("src/main/resources/dev/windrow/api/page/button/menders.js");
    private static final Pattern LINE = Pattern.compile("^ {2}\"?([a-z-]+)\"?: (null|\"\\w+\"),$", Pattern.MULTILINE);

    private static List<MatchResult> lines(String table) throws IOException {
        String file = Files.readString(FILE);
        int start = file.indexOf("const " + table + " = {");
        return LINE.matcher(file.substring(start, file.indexOf("};", start)))
                .results()
                .toList();
    }

    @Test
    void knowEveryTypeOfFailureAndNoOther() throws IOException {
        assertThat(lines("MENDERS").stream().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(FailureCode.values()).map(FailureCode::id).toList());
    }

    /** Those that may pass are tried again by themselves before they are told. */
    @Test
    void offerAnotherTryWithoutAWordOnlyWhereItMayHelp() throws IOException {
        assertThat(lines("MENDERS").stream()
                        .filter(found -> found.group(2).equals("null"))
                        .map(MendersTest::code))
                .isNotEmpty()
                .allMatch(FailureCode::mayPass);
    }

    @Test
    void knowTypesOfRefusalsAlone() throws IOException {
        assertThat(lines("REFUSALS").stream().map(found -> ProblemType.uri(found.group(1))))
                .isNotEmpty()
                .isSubsetOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::uri)
                        .toList());
    }

    private static FailureCode code(MatchResult found) {
        return FailureCode.of(found.group(1));
    }
}
