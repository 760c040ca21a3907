/**
 * Webhooks by Standard Webhooks 1.0: signed, sent to addresses that were checked, and to no others. The only place that
 * knows the HTTP client. Entry: {@link dev.windrow.worker.outbox.webhook.WebhookCarrier}.
 */
@NullMarked
package dev.windrow.worker.outbox.webhook;

import org.jspecify.annotations.NullMarked;
