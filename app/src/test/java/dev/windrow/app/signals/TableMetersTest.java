package dev.windrow.app.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.statistics.jdbc.JdbcExportStatistics;
import dev.windrow.testkit.Migrations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableMetersTest {
    @TempDir
    Path folder;

    @Test
    void areNoNumbersWithoutTheTable() {
        MeterRegistry meters = new SimpleMeterRegistry();
        try (StatusDatabase database = StatusDatabase.open("jdbc:sqlite:" + folder.resolve("windrow.db"), null, null)) {
            TableMeters table = bound(meters, database);
            for (String name : List.of("windrow.exports", "windrow.queue.age.seconds", "windrow.storage.bytes")) {
                assertThat(meters.get(name).gauges())
                        .allSatisfy(gauge -> assertThat(gauge.value()).isNaN());
            }
            Migrations.run(database.migrationSource(), database.migrationFolder());
            MeterRegistry later = new SimpleMeterRegistry();
            TableMeters migrated = bound(later, database);
            await().untilAsserted(() -> assertThat(later.get("windrow.exports").gauges())
                    .allSatisfy(gauge -> assertThat(gauge.value()).isZero()));
            // A gauge does not keep what it asks.
            assertThat(List.of(table, migrated)).hasSize(2);
        }
    }

    private static TableMeters bound(MeterRegistry meters, StatusDatabase database) {
        TableMeters table =
                new TableMeters(new JdbcExportStatistics(database::reading), new Catalog(List.of()), Clock.systemUTC());
        table.bindTo(meters);
        return table;
    }
}
