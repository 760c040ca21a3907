package dev.windrow.common.export.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.url.ServerAddress;
import dev.windrow.testkit.StallingProxy;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers and runs get when the network to the status database swallows what is sent. */
final class SilentServerIT {
    private static final ExportId NOBODYS = new ExportId(new UUID(0, 0));
    /** Two seconds, and what a busy machine may add; anybody else waits ten. */
    private static final Duration REQUEST = Duration.ofSeconds(8);

    private StallingProxy network;
    private StatusDatabase database;
    private JdbcExports exports;

    @BeforeEach
    void open() {
        String url = TestDatabase.postgresql().url();
        int port = Integer.parseInt(url.replaceAll(".*:([0-9]+)/.*", "$1"));
        network = StallingProxy.to(port);
        ServerAddress address =
                new ServerAddress(url.replace(":" + port + "/", ":" + network.port() + "/"), "postgres", "postgres");
        database = StatusDatabase.openServer(address, 4);
        exports = new JdbcExports(database.forRequests(), Clock.tickMillis(ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
        network.close();
    }

    private static void assertUnavailableSoon(ThrowingCallable call) {
        long began = System.nanoTime();
        assertThatThrownBy(call).isInstanceOf(ExportsUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(REQUEST);
    }

    @Test
    void costACallerTwoSeconds() {
        assertThat(exports.find(NOBODYS)).isEmpty();
        network.swallow();
        assertUnavailableSoon(() -> exports.find(NOBODYS));
        assertUnavailableSoon(() -> database.forRequests()
                .transactions()
                .inOne(() -> exports.find(NOBODYS), () -> Optional.of(Optional.<Export>empty())));
        network.pass();
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> exports.find(NOBODYS).isEmpty());
    }

    @Test
    void costACallerLittleWhereNobodyListens() {
        network.refuse();
        assertUnavailableSoon(() -> exports.find(NOBODYS));
    }

    @Test
    void findAnotherConnectionWhereTheOldOnesStaySilent() {
        JdbcRuns runs = new JdbcRuns(database.forRuns());
        assertThat(runs.find(NOBODYS)).isEmpty();
        network.stall();
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> runs.find(NOBODYS).isEmpty());
    }

    /** Flyway may build an index for longer than anybody else waits. */
    @Test
    void leaveAMigrationItsTime() throws Exception {
        try (var connection = database.migrationSource().getConnection();
                var requests = database.forRequests().writer().getConnection()) {
            assertThat(connection.getNetworkTimeout()).isZero();
            assertThat(requests.getNetworkTimeout()).isEqualTo(1_100);
        }
        try (var connection = database.writer().getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(10_000);
        }
    }
}
