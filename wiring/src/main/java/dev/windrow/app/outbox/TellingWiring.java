package dev.windrow.app.outbox;

import dev.windrow.app.home.Home;
import dev.windrow.app.home.Secrets;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.artifact.Sha256;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.outbox.SigningKey;
import dev.windrow.common.outbox.WebhookHosts;
import dev.windrow.common.outbox.jdbc.JdbcDeliveries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may be told of exports, and who was; in every role. */
@Configuration(proxyBeanMethods = false)
public class TellingWiring {
    @Bean
    Deliveries deliveries(StatusDatabase status) {
        StatusDatabase database = status.forRequests();
        return new JdbcDeliveries(JdbcClient.create(database.migrationSource()), database::reading);
    }

    @Bean
    WebhookHosts webhookHosts(WindrowSettings settings) {
        return settings.told().hosts();
    }

    /** Of the secret's digest, which has the length of a seed whatever the secret's is. */
    @Bean
    SigningKey signingKey(Home home, Secrets kept) {
        try {
            String secret = "webhooks\n" + kept.of(home.webhookSecret());
            return SigningKey.of(HexFormat.of().parseHex(Sha256.hex(secret.getBytes(StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new RefusedStartException(
                    home.webhookSecret() + ", which signs webhooks, can't be made or read: " + e.getMessage()
                            + "; fix its permissions, or remove it",
                    e);
        }
    }
}
