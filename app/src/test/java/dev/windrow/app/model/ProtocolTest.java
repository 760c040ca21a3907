package dev.windrow.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every state of the protocol that can be reached keeps the rules, and each way to break it is noticed. What takes
 * minutes is behind the profile {@code model}.
 */
@Tag("computing")
final class ProtocolTest {
    private static final boolean LONG = Boolean.getBoolean("windrow.model.long");
    private static final Path PAGE = Path.of("../docs/model/README.md");

    private static final Scope CRASHES = new Scope(2, 3, 1, 9, true, false, true);
    private static final Scope LOSSES = new Scope(1, 6, 1, 5, false, false, false);
    private static final Scope SLOW_SWEEPS = new Scope(2, 2, 1, 2, true, true, true);

    /** The rule that notices it. */
    private static final Map<Mutant, String> NOTICED = Map.ofEntries(
            Map.entry(Mutant.COMPLETION_WITHOUT_CLAIM, "A_ZOMBIE_CHANGES_NO_ROW"),
            Map.entry(Mutant.CHECKPOINT_WITHOUT_CLAIM, "A_ZOMBIE_CHANGES_NO_ROW"),
            Map.entry(Mutant.HEARTBEAT_WITHOUT_CLAIM, "A_ZOMBIE_CHANGES_NO_ROW"),
            Map.entry(Mutant.LOSS_WITHOUT_CLAIM, "A_SWEEP_TAKES_WHAT_IT_SAW"),
            Map.entry(Mutant.LOSS_WITHOUT_LEASE, "A_SWEEP_TAKES_WHAT_IT_SAW"),
            Map.entry(Mutant.PUBLISHED_BEFORE_INTENT, "WHAT_NOBODY_NEEDS_NOBODY_WILL_NEED"),
            Map.entry(Mutant.COMPLETED_BEFORE_RENAME, "COMPLETED_MEANS_WHOLE_AND_SYNCED"),
            Map.entry(Mutant.COMPLETED_BEFORE_FOLDER_SYNC, "COMPLETED_MEANS_WHOLE_AND_SYNCED"),
            Map.entry(Mutant.INTENDED_BEFORE_SYNC, "AN_INTENT_IS_ON_THE_DISK"),
            Map.entry(Mutant.CHECKPOINT_BEFORE_SYNC, "A_CHECKPOINT_IS_ON_THE_DISK"),
            Map.entry(Mutant.CHECKPOINT_BEFORE_FOLDER_SYNC, "A_CHECKPOINT_IS_ON_THE_DISK"),
            Map.entry(Mutant.JANITOR_BY_AGE, "NOTHING_NEEDED_IS_REMOVED"),
            Map.entry(Mutant.FILE_EXPIRES_BEFORE_ROW, "COMPLETED_MEANS_WHOLE_AND_SYNCED"),
            Map.entry(Mutant.ONE_WORK_FILE_FOR_ALL, "A_FILE_IS_WRITTEN_BY_ITS_CLAIM"),
            Map.entry(Mutant.NEW_BEGINNING_REMOVES_FIRST, "NOTHING_NEEDED_IS_REMOVED"),
            Map.entry(Mutant.CANCEL_OF_A_COMPLETED_EXPORT, "A_FINAL_STATE_IS_LEFT_BY_RETRY_OR_EXPIRY"),
            Map.entry(Mutant.RETRY_BEGINS_CLAIMS_ANEW, "CLAIMS_GROW"),
            Map.entry(Mutant.LOSSES_NOT_COUNTED, "LOST_TOO_OFTEN_IS_COUNTED_FROM_THE_CHECKPOINT"),
            Map.entry(Mutant.NO_SWEEP, "EVERY_EXPORT_CAN_END"),
            Map.entry(Mutant.NO_RECONCILER, "EVERY_EXPORT_CAN_END"));

    static Stream<Arguments> scopes() {
        Stream<Arguments> usual = Stream.of(
                Arguments.of("two runs, three claims, people, crashes and power cuts", CRASHES),
                Arguments.of("one run that is lost five times", LOSSES),
                Arguments.of("sweeps that are slow", SLOW_SWEEPS));
        Stream<Arguments> more = Stream.of(
                Arguments.of("the same, with two places for a checkpoint", new Scope(2, 3, 2, 9, true, false, true)),
                Arguments.of("slow sweeps of three claims", new Scope(2, 3, 1, 2, true, true, true)),
                Arguments.of("three runs at a time", new Scope(3, 3, 1, 9, true, false, true)),
                Arguments.of("five losses and power cuts", new Scope(1, 6, 1, 5, false, true, true)));
        return LONG ? Stream.concat(usual, more) : usual;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scopes")
    void everyStateKeepsTheRulesAndCanEnd(String sentence, Scope scope) {
        Explorer explorer = new Explorer(scope, Mutant.NONE);

        explorer.visitAll();
        explorer.allCanEnd();

        System.out.printf("%s: %,d states, %,d steps%n", sentence, explorer.states(), explorer.steps());
        assertThat(explorer.states()).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void noticesA(Mutant mutant) {
        Explorer explorer = new Explorer(SLOW_SWEEPS, mutant);

        assertThatThrownBy(() -> {
                    explorer.visitAll();
                    explorer.allCanEnd();
                })
                .isInstanceOf(Explorer.BrokenException.class)
                .hasMessageStartingWith(NOTICED.get(mutant))
                .hasMessageContaining("file 1");
    }

    /** Rules that others are faster to notice for. */
    @ParameterizedTest
    @CsvSource({
        "ONE_FILE_COUNTS, COMPLETION_WITHOUT_CLAIM",
        "A_CHECKPOINT_IS_NOT_JUNK, CHECKPOINT_BEFORE_SYNC",
    })
    void noticesAloneA(Rules rule, Mutant mutant) {
        assertThatThrownBy(new Explorer(SLOW_SWEEPS, mutant, List.of(rule))::visitAll)
                .isInstanceOf(Explorer.BrokenException.class)
                .hasMessageStartingWith(rule.name());
    }

    @Test
    void thePageNamesEveryStepRuleAndMutant() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(firstColumns(page, "Steps")).containsExactly(names(Step.values()));
        assertThat(firstColumns(page, "Rules"))
                .containsExactly(Stream.concat(Stream.of(names(Rules.values())), Stream.of("EVERY_EXPORT_CAN_END"))
                        .toArray(String[]::new));
        assertThat(Stream.of(Mutant.values()).filter(mutant -> mutant != Mutant.NONE))
                .allMatch(mutant -> page.contains("`" + mutant + "`"));
    }

    private static String[] names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).toArray(String[]::new);
    }

    private static List<String> firstColumns(String page, String section) {
        String from = page.substring(page.indexOf("## " + section));
        int end = from.indexOf("\n## ", 1);
        return Pattern.compile("^\\| `([A-Z_]+)`", Pattern.MULTILINE)
                .matcher(end < 0 ? from : from.substring(0, end))
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
