package dev.windrow.app.keys;

import dev.windrow.api.access.key.ApiKey;
import dev.windrow.api.access.key.ApiKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in time, in the log and as a metric, which keys end. Safe for use by many threads. */
public final class KeyNotices implements MeterBinder {
    private static final Logger log = LoggerFactory.getLogger(KeyNotices.class);
    private static final Duration AHEAD = Duration.ofDays(14);

    private final ApiKeys keys;
    private final Clock clock;
    private volatile @Nullable MultiGauge gauge;

    public KeyNotices(ApiKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** One gauge for each key that ends soon or has ended, and none for others, of which there may be thousands. */
    @Override
    public void bindTo(MeterRegistry registry) {
        gauge = MultiGauge.builder("windrow.key.expires.seconds")
                .description("Until an API key ends that does so within 14 days; negative when it has ended")
                .baseUnit("seconds")
                .register(registry);
        measure();
    }

    /** Brings the gauges to the keys that there are now; to be called every minute or so. */
    public void measure() {
        MultiGauge gauges = gauge;
        if (gauges != null) {
            gauges.register(
                    ending().stream()
                            .map(key -> MultiGauge.Row.of(Tags.of("key", key.name()), () -> secondsLeft(key)))
                            .toList(),
                    true);
        }
    }

    /** Logs each key that ends soon or has ended; to be called at the start and once a day. */
    public void warn() {
        for (ApiKey key : ending()) {
            if (secondsLeft(key) > 0) {
                log.warn(
                        "The API key \"{}\" ends {}; make another one for its principal in time",
                        key.name(),
                        key.expires());
            } else {
                log.warn("The API key \"{}\" ended {}; remove its entry", key.name(), key.expires());
            }
        }
    }

    private List<ApiKey> ending() {
        Instant soon = clock.instant().plus(AHEAD);
        return keys.all().stream()
                .filter(key -> key.expires() != null && key.expires().isBefore(soon))
                .toList();
    }

    private double secondsLeft(ApiKey key) {
        Instant end = key.expires();
        return end == null
                ? Double.POSITIVE_INFINITY
                : Duration.between(clock.instant(), end).toMillis() / 1000.0;
    }
}
