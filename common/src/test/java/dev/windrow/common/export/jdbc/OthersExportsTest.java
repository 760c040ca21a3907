package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.access.Bearer;
import dev.windrow.common.access.Grant;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Exports.Filter;
import dev.windrow.common.options.FormatOptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What exports were allowed, and what is asked of those of several owners. */
final class OthersExportsTest extends EachDatabase {
    @Test
    void listsWhatHasATextOrWasMadeInATime() {
        ExportId first = insert("ann", "Zürich_100%.zip", Map.of("city", "Köln!"), NOW);
        ExportId second = insert("ben", "other.zip", Map.of("city", "Bonn"), LATER);

        assertThat(found(null, "zürich")).containsExactly(first);
        assertThat(found(null, "köln!")).containsExactly(first);
        assertThat(found(null, "bONN")).containsExactly(second);
        assertThat(found(null, "_100%")).containsExactly(first);
        assertThat(found(null, "r_ch")).as("what stands for itself").isEmpty();
        assertThat(found(null, "o%n")).isEmpty();
        assertThat(found("ben", "zip")).containsExactly(second);
        assertThat(found(null, "zip")).as("everybody's").containsExactlyInAnyOrder(first, second);
        assertThat(exports.count(null, new Filter(null, null, "zip", null, null)))
                .isEqualTo(2);
        assertThat(exports.count("ann", Filter.ALL)).isEqualTo(1);
        assertThat(exports.count(null, new Filter(null, null, null, LATER, null)))
                .isEqualTo(1);
        assertThat(exports.count(null, new Filter(null, null, null, null, LATER)))
                .isEqualTo(1);
        assertThat(exports.owner(second)).contains("ben");
        assertThat(exports.owner(new ExportId(new UUID(1, 1)))).isEmpty();
    }

    /** SQLite knows the capitals of ASCII alone, and what is stored as JSON has the others as escapes. */
    @Test
    void findsTextsOfAnyScriptInCapitalsOrNot() {
        ExportId one = insert("ann", "ÜBERSICHT äpfel.zip", Map.of("city", "Łódź"), NOW);
        ExportId two = insert("ann", "other.zip", Map.of("city", "ΑΘΗΝΑ", "name", "تصدير"), LATER);

        for (String text : List.of("übersicht", "Übersicht", "äpf", "łódź", "ŁÓDŹ", "Łódź")) {
            assertThat(found(null, text)).as(text).containsExactly(one);
        }
        for (String text : List.of("αθηνα", "ΑΘΗΝΑ", "تصدير")) {
            assertThat(found(null, text)).as(text).containsExactly(two);
        }
    }

    private ExportId insert(String owner, String fileName, Map<String, Object> parameters, Instant createdAt) {
        ExportId id = nextId();
        ExportRequest request = new ExportRequest(
                "readings", Format.CSV, parameters, List.of("value"), FormatOptions.DEFAULT, fileName);
        exports.insert(Export.queued(id, owner, request, createdAt));
        return id;
    }

    private List<ExportId> found(@Nullable String owner, String text) {
        return exports.list(owner, new Filter(null, null, text, null, null), null, 9).stream()
                .map(listed -> listed.export().id())
                .toList();
    }

    @Test
    void keepsWhatWasGrantedAndTakesItAnewAtARetry() {
        Grant grant = new Grant(
                new Bearer(
                        Set.of("finance", "gr\u00fcn\0"),
                        Map.of("tenant", 7L, "rate", new BigDecimal("1.50"), "all", true, "of", List.of(1L, "x")),
                        false),
                Map.of("email", Column.Mask.HASH, "note", Column.Mask.DROP),
                new Grant.Credential("api-key", "k"),
                100L);
        ExportId id = nextId();
        exports.insert(Export.queued(id, new Export.Holder("ann", grant), request("readings"), NOW));
        assertThat(exports.find(id).orElseThrow().grant()).isEqualTo(grant);

        exports.cancel(id, "ann", NOW);
        Grant less = new Grant(Bearer.NOBODY, Map.of(), new Grant.Credential("jwt", "i"), null);
        assertThat(exports.retry(exports.find(id).orElseThrow(), less, LATER)).isTrue();
        assertThat(exports.look(id, "ann").orElseThrow().grant()).isEqualTo(less);
    }

    @Test
    void beginsARetryWithOtherClaimsAtItsOwnRows() {
        for (long tenant : new long[] {1, 2}) {
            ExportId id = nextId();
            exports.insert(Export.queued(id, new Export.Holder("ann", of(1)), request("readings"), NOW));
            Claim claim = claim();
            runs.fixCutoff(claim, new Cutoff(NOW, List.of("position")));
            runs.progress(claim, progress(10, 1.0), LATER);
            exports.cancel(id, "ann", NOW);

            assertThat(exports.retry(exports.find(id).orElseThrow(), of(tenant), LATER))
                    .isTrue();

            Export again = exports.find(id).orElseThrow();
            assertThat(again.run().cutoff() == null).isEqualTo(tenant == 2);
            assertThat(again.progress().rowsTotal() == null).isEqualTo(tenant == 2);
            assertThat(again.progress().percent() == null).isEqualTo(tenant == 2);
            exports.delete(id, "ann");
        }
    }

    private static Grant of(long tenant) {
        return new Grant(
                new Bearer(Set.of(), Map.of("tenant", tenant), false),
                Map.of(),
                new Grant.Credential("api-key", "k"),
                null);
    }

    @Test
    void knowsNothingOfWhatAnExportFromBeforeWasAllowed() {
        ExportId id = queue("ann");
        JdbcClient.create(database.writer())
                .sql("update exports set granted = null")
                .update();

        assertThat(exports.find(id, "ann").orElseThrow().grant()).isEqualTo(Grant.UNKNOWN);
    }
}
