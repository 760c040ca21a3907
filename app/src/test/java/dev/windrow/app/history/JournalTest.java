package dev.windrow.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.app.FreshDatabase;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Runs;
import dev.windrow.common.export.jdbc.JdbcExports;
import dev.windrow.common.export.jdbc.JdbcRuns;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.options.FormatOptions;
import dev.windrow.testkit.Migrations;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Beside the real status table. */
final class JournalTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");
    private static final ExportId ID = new ExportId(UUID.fromString("01900000-0000-7000-8000-000000000001"));

    @TempDir
    private Path home;

    @Test
    void writesDownTheSameOnAServer() throws Exception {
        String url = FreshDatabase.fresh().url();
        try (StatusDatabase database = StatusDatabase.open(url, null, null)) {
            Migrations.run(database.migrationSource(), database.migrationFolder());
            Exports exports = new JdbcExports(database, Clock.fixed(NOW, ZoneOffset.UTC));
            Runs runs = new JdbcRuns(database);
            History history = History.ofPostgres(url);
            history.keep();
            history.keep();
            exports.insert(Export.queued(ID, "local", request(), NOW));
            runs.claimNext("one", NOW, Duration.ofSeconds(10));
            runs.handOver(exports.find(ID).orElseThrow().lastClaim());

            assertThat(history.changes())
                    .extracting(JsonMapper.shared()::readTree)
                    .extracting(change -> change.path("event").asString() + " "
                            + change.path("state").asString() + " "
                            + change.path("claim").asLong() + " "
                            + change.path("owner").asString())
                    .containsExactly("insert queued 0 ", "update running 1 one", "update queued 1 ");
            assertThat(HistoryCheck.faults(history.changes())).isEmpty();
        }
    }

    @Test
    void writesDownEveryChangeWhoeverMakesItAndFailsAHistoryThatBreaksARule() throws Exception {
        Path file = home.resolve("windrow.db");
        try (StatusDatabase database = StatusDatabase.open("jdbc:sqlite:" + file, null, null)) {
            Migrations.run(database.migrationSource(), database.migrationFolder());
            Exports exports = new JdbcExports(database, Clock.fixed(NOW, ZoneOffset.UTC));
            Runs runs = new JdbcRuns(database);
            History history = new History(home);
            history.keep();
            history.keep();
            exports.insert(Export.queued(ID, "local", request(), NOW));
            history.started(ID.toString());
            runs.claimNext("one", NOW, Duration.ofSeconds(10));
            runs.handOver(exports.find(ID).orElseThrow().lastClaim());

            assertThat(Journal.ofSqlite(file).lines())
                    .extracting(Journal.Line::event)
                    .satisfiesExactly(
                            event -> assertThat(event).contains("\"insert\"", "\"queued\"", "\"claim\":0"),
                            event -> assertThat(event).contains("\"running\"", "\"claim\":1", "\"owner\":\"one\""),
                            event -> assertThat(event).contains("\"queued\"", "\"claim\":1", "\"attempt\":1"));
            assertThatThrownBy(history::check)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(".jsonl")
                    .hasMessageContaining("line 2: an export that was accepted comes to an end");
        }
    }

    private static ExportRequest request() {
        return new ExportRequest("numbers", Format.CSV, Map.of(), List.of("n"), FormatOptions.DEFAULT, "numbers.zip");
    }
}
