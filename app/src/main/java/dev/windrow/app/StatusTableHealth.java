package dev.windrow.app;

import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the status table can be read, as every request and every claim has to. On SQLite no writer's lock keeps it waiting. */
final class StatusTableHealth implements HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(StatusTableHealth.class);
    private static final ExportId NOBODYS = new ExportId(new UUID(0, 0));

    private final Exports exports;

    StatusTableHealth(Exports exports) {
        this.exports = exports;
    }

    @Override
    public Health health() {
        try {
            exports.find(NOBODYS);
            return Health.up().build();
        } catch (RuntimeException e) {
            // Whatever it is, requests meet it too. The reason is for the log alone: it may hold SQL, or a path.
            log.warn("not ready: the status table can't be read: {}", e.toString());
            return Health.down().build();
        }
    }
}
