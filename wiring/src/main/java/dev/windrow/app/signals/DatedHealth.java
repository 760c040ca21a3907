package dev.windrow.app.signals;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** A part's health, with since when it has been so, as far as anybody asked, and what to do about it. Thread-safe. */
public final class DatedHealth implements HealthIndicator {
    private final HealthIndicator part;
    private final String remedy;
    private final Clock clock;
    private @Nullable Status status;
    private Instant since = Instant.EPOCH;

    /** @param remedy what an operator does when it is not well */
    public DatedHealth(HealthIndicator part, String remedy, Clock clock) {
        this.part = part;
        this.remedy = remedy;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Health found = part.health();
        Status now = found == null ? Status.UNKNOWN : found.getStatus();
        Health.Builder dated = Health.status(now).withDetail("since", since(now).toString());
        return Status.UP.equals(now)
                ? dated.build()
                : dated.withDetail("do", remedy).build();
    }

    private synchronized Instant since(Status now) {
        if (!Objects.equals(now, status)) {
            status = now;
            since = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        }
        return since;
    }
}
