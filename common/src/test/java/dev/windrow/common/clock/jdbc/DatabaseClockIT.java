package dev.windrow.common.clock.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.source.jdbc.PostgresqlServer;
import dev.windrow.common.url.ServerAddress;
import dev.windrow.testkit.StallingProxy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class DatabaseClockIT {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final AtomicLong skew = new AtomicLong();
    private StallingProxy network;
    private StatusDatabase database;

    @BeforeEach
    void open() throws SQLException {
        String url = PostgresqlServer.STARTED.source().url();
        int port = Integer.parseInt(url.replaceAll(".*:([0-9]+)/.*", "$1"));
        network = StallingProxy.to(port);
        database = StatusDatabase.openServer(
                new ServerAddress(url.replace(":" + port + "/", ":" + network.port() + "/"), "postgres", "postgres"),
                3);
    }

    @AfterEach
    void close() {
        database.close();
        network.close();
    }

    private long nanos() {
        return System.nanoTime() + skew.get();
    }

    private Instant there() {
        return JdbcClient.create(database.connections())
                .sql("select (extract(epoch from clock_timestamp()) * 1000)::bigint")
                .query((row, number) -> Instant.ofEpochMilli(row.getLong(1)))
                .single();
    }

    private void assertAgrees(DatabaseClock clock) {
        Instant before = there();
        Instant now = clock.instant();
        Instant after = there();
        assertThat(now).isBetween(before.minusSeconds(1), after.plusSeconds(1));
    }

    @Test
    void saysWhatTheServerSays() throws Exception {
        try (DatabaseClock clock = DatabaseClock.open(database.connections(), this::nanos, PAUSE)) {
            assertAgrees(clock);
            // The machine has slept: what it counts time by has stood still.
            skew.addAndGet(-Duration.ofSeconds(90).toNanos());
            assertThat(clock.instant()).isBefore(there().minusSeconds(80));
            await().untilAsserted(() -> assertAgrees(clock));
        }
    }

    @Test
    void goesOnWhileTheServerIsAway() throws Exception {
        try (DatabaseClock clock = DatabaseClock.open(database.connections(), this::nanos, PAUSE)) {
            network.refuse();
            Instant before = clock.instant();
            skew.addAndGet(Duration.ofSeconds(90).toNanos());
            assertThat(clock.instant()).isAfter(before.plusSeconds(89));
            network.pass();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertAgrees(clock));
        }
    }
}
