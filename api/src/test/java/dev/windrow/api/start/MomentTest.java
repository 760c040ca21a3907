package dev.windrow.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets.Granted;
import dev.windrow.common.access.Grant;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Source;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Parameters whose default moves with the clock. */
class MomentTest {
    private static final Instant NOW = Instant.parse("2026-03-31T23:59:59Z");

    private static StartCheck.Checked check(Map<String, @Nullable Object> parameters, Instant now) {
        Parameter since = new Parameter(
                "since",
                new Parameter.Kind(ParameterType.DATE, false, null),
                false,
                new Parameter.Moment("today-30d"),
                Parameter.Words.NONE,
                Parameter.Limits.NONE);
        Dataset dataset = new Dataset(
                new Dataset.Label("notes", "Notes", null),
                new Dataset.Reading(new Source("s", "jdbc:x", null, null), true, Dataset.Consistency.BATCH),
                List.of(Format.CSV),
                List.of(since),
                null,
                List.of(new DatasetFile(
                        "notes",
                        "select …",
                        List.of(new KeyPart("id", false)),
                        List.of(new Column("id", ColumnType.INTEGER, false, null)),
                        1)));
        Map<String, Object> body = Map.of("dataset", "notes", "parameters", parameters);
        return StartCheck.check(
                new Granted(dataset, Grant.UNKNOWN, Map.of()),
                StartRequest.of(body),
                Caller.LOCAL,
                new Telling(List.of()),
                now);
    }

    private static String digest(StartCheck.Checked checked) {
        return CanonicalForm.digest(checked.said(), checked.granted().dataset(), null, List.of());
    }

    @Test
    void areOfTheTimeOfTheStart() {
        assertThat(check(Map.of(), NOW).request().parameters()).containsEntry("since", "2026-03-01");
        Map<String, @Nullable Object> none = new HashMap<>();
        none.put("since", null);
        assertThat(check(none, NOW).parameters().sql()).containsEntry("since", "2026-03-01");
        assertThat(check(Map.of("since", "2020-01-01"), NOW).request().parameters())
                .containsEntry("since", "2020-01-01");
    }

    /** Whoever sends a start again with its Idempotency-Key may do so after midnight. */
    @Test
    void makeNoOtherStartOfOneThatIsSentAgain() {
        assertThat(digest(check(Map.of(), NOW.plusSeconds(1)))).isEqualTo(digest(check(Map.of(), NOW)));
        assertThat(digest(check(Map.of("since", "2026-03-01"), NOW))).isNotEqualTo(digest(check(Map.of(), NOW)));
    }
}
