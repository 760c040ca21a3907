package dev.windrow.api.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.api.ApiServer;
import dev.windrow.testkit.Http;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(90)
@Tag("slow")
class BoundedProtocolIT {
    private static final String HALF = "GET /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\nX-A: ";

    @Test
    void cutsOffWhoSendsNoWholeHeaderHoweverOftenAByteComes() throws Exception {
        ApiServer server = ApiServer.empty();
        try (Crowd crowd = new Crowd(server.port())) {
            crowd.send(20, HALF);
            crowd.keepSending(1);
            assertThat(crowd.answered()).isZero();
            await().atMost(Duration.ofSeconds(40)).until(() -> crowd.answered() == 20);
        }
    }

    @Test
    void cutsOffThoseWhoWaitWhereOthersFindNoPlace() throws Exception {
        ApiServer server = ApiServer.start("--server.tomcat.max-connections=40");
        Http http = new Http(server.port());
        try (Crowd crowd = new Crowd(server.port())) {
            for (int i = 0; i < 6; i++) {
                // Nothing, a part of a header, and a connection that is kept after its request.
                crowd.send(30, "", HALF, "GET /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(http.get("/api/v1/datasets").status()).isEqualTo(200);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> crowd.answered() >= 140);
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 256", "64, 640", "128, 1280", "256, 2560", "4096, 8192"})
    void holdsAsManyConnectionsAsTheHeapHasRoomFor(long heapMegabytes, int connections) {
        assertThat(BoundedProtocol.connectionsFor(heapMegabytes << 20)).isEqualTo(connections);
    }
}
