package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.trace.Activity;
import dev.windrow.common.trace.Detail;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual's table of traces has what there is, and nothing else. */
final class TraceTablesTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private final List<List<String>> rows = Manual.page("docs/operations.md").table("### What is shown");

    @Test
    void hasEveryActivityAndNoOther() {
        assertThat(rows.stream().map(row -> Manual.only(row.get(0))))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Activity.values()).map(Activity::label).toList());
    }

    @Test
    void hasEveryDetailAndNoOther() {
        Set<String> said = new TreeSet<>();
        for (List<String> row : rows) {
            Matcher code = CODE.matcher(row.get(2));
            while (code.find()) {
                said.add(code.group(1));
            }
        }
        assertThat(said)
                .isEqualTo(Stream.of(Detail.values()).map(Detail::key).collect(Collectors.toCollection(TreeSet::new)));
    }
}
