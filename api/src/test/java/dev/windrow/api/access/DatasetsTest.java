package dev.windrow.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.TestCatalog;
import dev.windrow.common.access.Grant;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.options.FormatOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DatasetsTest {
    private static final Datasets DATASETS = new Datasets(TestCatalog.create());
    private static final Export EXPORT = Export.queued(
            new ExportId(new UUID(1, 1)),
            "ann",
            new ExportRequest(
                    "sensor-readings",
                    Format.CSV,
                    Map.of("sensor_id", "s-1", "start_ts", 7L),
                    List.of("value", "quality"),
                    FormatOptions.DEFAULT,
                    "a.zip"),
            Instant.EPOCH);

    @Test
    void knowsOnlyTheDatasetsThatTheCredentialsAreFor() {
        assertThat(DATASETS.all(caller(Set.of("export"), null, Terms.NONE))).hasSize(2);
        Caller notes = caller(Set.of("admin"), Set.of("notes"), Terms.NONE);

        assertThat(DATASETS.all(notes))
                .extracting(granted -> granted.dataset().name())
                .containsExactly("notes");
        assertThat(DATASETS.find(notes, "sensor-readings")).isEmpty();
        assertThat(DATASETS.givesArchive(notes, EXPORT)).isFalse();
        assertThat(DATASETS.forRetry(notes, EXPORT)).isEmpty();
    }

    @Test
    void grantsTheRowsThatATokenAllows() {
        Terms terms = new Terms(Map.of(), null, null, 9L, null);

        Grant grant = DATASETS.find(caller(Set.of("export"), null, terms), "notes")
                .orElseThrow()
                .grant();
        assertThat(grant.maxRows()).isEqualTo(9);
        assertThat(grant.credential()).isEqualTo(new Grant.Credential("minted", "key"));
    }

    @Test
    void givesNoArchiveThatATokenCouldNotHaveStarted() {
        assertThat(gives(Map.of(), null, null)).isTrue();
        assertThat(gives(Map.of("sensor_id", "s-1", "start_ts", 7.0), List.of("quality", "value", "x"), List.of("csv")))
                .isTrue();
        assertThat(gives(Map.of("sensor_id", "s-2"), null, null)).isFalse();
        assertThat(gives(Map.of("start_ts", "7"), null, null)).isFalse();
        assertThat(gives(Map.of("end_ts", 7L), null, null)).as("was left out").isFalse();
        assertThat(gives(Map.of("unknown", 7L), null, null)).isFalse();
        assertThat(gives(Map.of(), List.of("value"), null)).isFalse();
        assertThat(gives(Map.of(), null, List.of("json"))).isFalse();
    }

    private static boolean gives(
            Map<String, Object> parameters, @Nullable List<String> columns, @Nullable List<String> formats) {
        Terms terms = new Terms(parameters, columns, formats, null, null);
        return DATASETS.givesArchive(caller(Set.of("export"), null, terms), EXPORT);
    }

    @Test
    void givesArchivesOfADatasetThatIsGoneToAdministratorsAlone() {
        Datasets none = new Datasets(new Catalog(List.of()));

        assertThat(none.givesArchive(caller(Set.of("export"), null, Terms.NONE), EXPORT))
                .isFalse();
        assertThat(none.givesArchive(caller(Set.of("admin"), null, Terms.NONE), EXPORT))
                .isTrue();
        assertThat(none.givesArchive(Caller.LOCAL, EXPORT)).isTrue();
        assertThat(none.keepsGranting(EXPORT)).isFalse();
        assertThat(DATASETS.keepsGranting(EXPORT)).isTrue();
    }

    private static Caller caller(Set<String> roles, @Nullable Set<String> datasets, Terms terms) {
        return new Caller(
                "ann",
                new Rights(roles, datasets, Map.of(), Allowance.USUAL, terms),
                new Credential(Credential.Kind.MINTED, "key", null));
    }
}
