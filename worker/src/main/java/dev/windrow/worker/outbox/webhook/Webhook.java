package dev.windrow.worker.outbox.webhook;

import dev.windrow.common.outbox.WebhookUrl;
import java.util.List;
import java.util.Objects;

/**
 * A webhook of the settings.
 *
 * @param secrets that sign what it is told, each as {@code whsec_} and Base64; two while they are changed; none for our
 *     own key
 */
public record Webhook(WebhookUrl url, List<Secret> secrets) {
    public Webhook {
        Objects.requireNonNull(url, "url");
        secrets = List.copyOf(secrets);
    }
}
