package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Claim;
import dev.windrow.common.catalog.Dataset.Guard;
import dev.windrow.common.catalog.Dataset.Limits;
import dev.windrow.common.catalog.Dataset.Masking;
import dev.windrow.common.catalog.ParameterType;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may export how much of a dataset, as a catalog says it. */
final class CatalogGuardTest {
    private static final String CATALOG = """
            sources:
              plant:
                url: jdbc:sqlite:sensors.db
            datasets:
              readings:
                source: plant
                formats: [csv]
                GUARD
                files:
                  - name: readings
                    query: select sensor_id, timestamp_ms, value from readings where sensor_id = WHO
                    key: [sensor_id, timestamp_ms]
            """;

    @TempDir
    Path temporary;

    private CatalogFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new CatalogFolder(temporary);
    }

    @Test
    void readsAll() throws InvalidCatalogException {
        Guard guard = load("access: { roles: [finance, sales], claims: { sensor: { from: sensor_id, type: string },"
                        + " age: { from: https://example.com/age, type: integer, required: false } } }\n"
                        + "    limits: { maxRows: 5, maxBytes: 2GB }\n"
                        + "    mask: { value: { unless: [support], as: hash }, sensor_id: { as: null } }")
                .guard();

        assertThat(guard.access()).isNotNull();
        assertThat(guard.access().roles()).containsExactly("finance", "sales");
        assertThat(guard.access().claims())
                .extracting(Claim::from)
                .containsExactly("sensor_id", "https://example.com/age");
        assertThat(guard.access().claims().get(0).parameter().required()).isTrue();
        assertThat(guard.access().claims().get(1).parameter().required()).isFalse();
        assertThat(guard.access().claims().get(1).parameter().type()).isEqualTo(ParameterType.INTEGER);
        assertThat(guard.limits()).isEqualTo(new Limits(5L, 2L << 30));
        assertThat(guard.masks())
                .isEqualTo(Map.of(
                        "value", new Masking(Set.of("support"), Mask.HASH),
                        "sensor_id", new Masking(Set.of(), Mask.NULL)));
    }

    @Test
    void masksAColumnHoweverItsNameIsWritten() throws InvalidCatalogException {
        assertThat(load("mask: { VALUE: { as: hash } }").guard().masks())
                .isEqualTo(Map.of("value", new Masking(Set.of(), Mask.HASH)));
    }

    @Test
    void restrictsNothingByItself() throws InvalidCatalogException {
        assertThat(load("total: none").guard()).isEqualTo(Guard.NONE);
    }

    @ParameterizedTest
    @CsvSource({"1B,1", "3KB,3072", "500MB,524288000", "1TB,1099511627776"})
    void takesSizesInStepsOf1024(String size, long bytes) throws InvalidCatalogException {
        assertThat(load("limits: { maxBytes: " + size + " }").guard().limits().maxBytes())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"access: { roles: [finance] }", "access: { claims: { tenant: { from: t, type: string } } }"})
    void warnsOfARestrictionThatRestrictsNoRow(String access) throws InvalidCatalogException {
        folder.file("windrow.yaml", catalog(access, "'x'"));

        assertThat(folder.warnings("windrow.yaml"))
                .contains("windrow.yaml:8: dataset readings: access is restricted, but the queries name neither a claim"
                        + " nor :principal, so all who may export it see the same rows; name one in a where, if rows"
                        + " belong to callers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access: { claims: { tenant: { from: t, type: string } } } | :tenant",
                "access: { roles: [finance] } | :principal",
                "total: none | 1"
            })
    void doesNotWarnOfOneThatDoes(String access, String who) throws InvalidCatalogException {
        folder.file("windrow.yaml", catalog(access, who));

        assertThat(folder.warnings("windrow.yaml")).noneMatch(warning -> warning.contains("access is restricted"));
    }

    private Dataset load(String guard) throws InvalidCatalogException {
        folder.file("windrow.yaml", catalog(guard, ":principal"));
        return folder.load("windrow.yaml").catalog().find("readings").orElseThrow();
    }

    private static String catalog(String guard, String who) {
        return CATALOG.replace("GUARD", guard).replace("WHO", who);
    }
}
