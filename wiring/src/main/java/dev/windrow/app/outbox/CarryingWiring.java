package dev.windrow.app.outbox;

import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.outbox.Outbox;
import dev.windrow.common.outbox.SigningKey;
import dev.windrow.common.outbox.Target.Kind;
import dev.windrow.common.outbox.Try;
import dev.windrow.common.outbox.WebhookHosts;
import dev.windrow.common.outbox.jdbc.JdbcOutbox;
import dev.windrow.common.trace.Traces;
import dev.windrow.worker.outbox.Addressing;
import dev.windrow.worker.outbox.Carrier;
import dev.windrow.worker.outbox.OutboxExpiry;
import dev.windrow.worker.outbox.Relay;
import dev.windrow.worker.outbox.RetrySchedule;
import dev.windrow.worker.outbox.Settlement;
import dev.windrow.worker.outbox.webhook.WebhookCarrier;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.StringUtils;

/** Carrying what is told, in the roles that work; imported by their wiring. */
@Configuration(proxyBeanMethods = false)
public class CarryingWiring {
    @Bean
    Outbox outbox(StatusDatabase status) {
        StatusDatabase database = status.forRuns();
        return new JdbcOutbox(
                JdbcClient.create(database.migrationSource()), database::reading, database.transactions());
    }

    @Bean
    OutboxExpiry outboxExpiry(Outbox outbox, Clock clock) {
        return new OutboxExpiry(outbox, clock);
    }

    @Bean
    WebhookCarrier webhookCarrier(
            WindrowSettings settings, WebhookHosts hosts, SigningKey key, Clock clock, Traces traces) {
        return new WebhookCarrier(settings.told().carried(), hosts, key, clock, traces::here);
    }

    @Bean
    Settlement settlement(Outbox outbox, AuditLog audit, StatusDatabase status, Clock clock) {
        return new Settlement(
                outbox, audit, status.forRuns().transactions(), new RetrySchedule(new SecureRandom()), clock);
    }

    /** As they are shown. */
    @Bean
    UnaryOperator<Carrier> shownCarriers(Traces traces, Exports exports) {
        return carrier -> TracedCarrier.of(carrier, traces, exports);
    }

    @Bean(destroyMethod = "")
    Relay relay(
            Outbox outbox,
            WindrowSettings settings,
            List<Carrier> carriers,
            UnaryOperator<Carrier> shown,
            Settlement settlement,
            Clock clock,
            Relay.Timing timing) {
        String url = settings.page().url();
        String address = url == null ? "" : StringUtils.trimTrailingCharacter(url.strip(), '/');
        Addressing addressing = new Addressing(settings.told().subscriptions(), address);
        return new Relay(outbox, addressing, carriers.stream().map(shown).toList(), settlement, clock, timing);
    }

    @Bean
    RelayLifecycle relayLifecycle(Relay relay) {
        return new RelayLifecycle(relay);
    }

    @Bean
    MeterBinder deliveryMeters(Relay relay) {
        return meters -> {
            for (Kind kind : Kind.values()) {
                for (Try.Result result : Try.Result.values()) {
                    FunctionCounter.builder(
                                    "windrow.deliveries",
                                    relay,
                                    each -> each.tally().count(kind, result))
                            .tag("kind", kind.id())
                            .tag("outcome", result.id())
                            .description("Tries to tell somebody of an export, or to take its archive somewhere")
                            .register(meters);
                }
            }
        };
    }
}
