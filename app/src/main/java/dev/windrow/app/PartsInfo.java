package dev.windrow.app;

import dev.windrow.app.signals.DatedHealth;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.health.contributor.Health;

/** Says under {@code parts} of {@code /actuator/info} what readiness does not say to everybody. Thread-safe. */
final class PartsInfo implements InfoContributor {
    private final Map<String, DatedHealth> parts;

    /** @param parts by their names in docs/operations.md */
    PartsInfo(Map<String, DatedHealth> parts) {
        this.parts = new TreeMap<>(parts);
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> shown = new LinkedHashMap<>();
        parts.forEach((name, part) -> {
            Health health = part.health();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("status", health.getStatus().getCode());
            fields.putAll(health.getDetails());
            shown.put(name, fields);
        });
        builder.withDetail("parts", shown);
    }
}
