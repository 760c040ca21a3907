package dev.windrow.worker.outbox.webhook;

import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.SigningKey;
import dev.windrow.common.outbox.Target.Kind;
import dev.windrow.common.outbox.WebhookHosts;
import dev.windrow.common.outbox.WebhookUrl;
import dev.windrow.worker.outbox.Carrier;
import dev.windrow.worker.outbox.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends webhooks. Success is an answer of 2xx, which is not read further; 410 says that the target wants no more of
 * this message; redirects and all else are failures.
 */
public final class WebhookCarrier implements Carrier, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebhookCarrier.class);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int GONE = 410;
    private static final int HUNDREDS = 100;

    private final Map<String, Webhook> webhooks;
    private final WebhookHosts hosts;
    private final SigningKey key;
    private final Clock clock;
    private final Posting posting;
    private final Supplier<@Nullable String> trace;

    /**
     * @param webhooks of the settings, by name
     * @param key signs where a webhook has no secret
     * @param trace where the calling thread is in a trace; null for nowhere
     */
    public WebhookCarrier(
            Map<String, Webhook> webhooks,
            WebhookHosts hosts,
            SigningKey key,
            Clock clock,
            Supplier<@Nullable String> trace) {
        this(webhooks, hosts, key, clock, trace, new Posting(Network.REAL, PATIENCE));
    }

    WebhookCarrier(
            Map<String, Webhook> webhooks,
            WebhookHosts hosts,
            SigningKey key,
            Clock clock,
            Supplier<@Nullable String> trace,
            Posting posting) {
        this.trace = trace;
        this.webhooks = Map.copyOf(webhooks);
        this.hosts = hosts;
        this.key = key;
        this.clock = clock;
        this.posting = posting;
    }

    @Override
    public Kind kind() {
        return Kind.WEBHOOK;
    }

    @Override
    public Outcome carry(Message message) throws InterruptedException {
        String name = message.target().name();
        Webhook webhook = webhooks.get(name);
        if (webhook != null) {
            return send(message, webhook);
        }
        Optional<WebhookUrl> url = WebhookUrl.of(name);
        if (url.isEmpty()) {
            return Outcome.again("the settings have no such webhook");
        }
        return hosts.allows(url.get())
                ? send(message, new Webhook(url.get(), List.of()))
                : Outcome.again("the settings do not allow its host");
    }

    private Outcome send(Message message, Webhook webhook) throws InterruptedException {
        boolean inside = hosts.mayBeInside(message.target().name(), webhook.url());
        try {
            return outcome(posting.send(
                    webhook.url(),
                    inside,
                    headers(message, webhook),
                    message.event().payload()));
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            log.debug("message {} did not arrive", message.id(), e);
            return Outcome.again(reason(e));
        }
    }

    private Map<String, String> headers(Message message, Webhook webhook) {
        long seconds = clock.instant().getEpochSecond();
        String body = message.event().payload();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", message.id());
        headers.put("webhook-timestamp", String.valueOf(seconds));
        headers.put("webhook-signature", Signatures.of(message.id(), seconds, body, webhook.secrets(), key));
        String here = trace.get();
        if (here != null) {
            // Of two random numbers, it tells the target nothing; with it a target can go on with the trace.
            headers.put("traceparent", here);
        }
        return headers;
    }

    private static Outcome outcome(int status) {
        if (status / HUNDREDS == 2) {
            return Outcome.done("answered " + status);
        }
        return status == GONE
                ? Outcome.stop("answered 410: it wants no more of this")
                : Outcome.again("answered " + status);
    }

    /** In words of our own: a library's may have addresses of the inside in them. */
    private static String reason(IOException e) {
        if (e instanceof RefusedAddressException) {
            return "its host has an address that a webhook may not be at";
        }
        if (e instanceof UnknownHostException) {
            return "its host was not found";
        }
        if (e instanceof ConnectException) {
            return "no connection";
        }
        if (e instanceof SSLException) {
            return isOfACertificate(e)
                    ? "no TLS: its certificate is of nobody that is trusted here, of another host, or over"
                    : "no TLS: it speaks none that fits";
        }
        return "no answer in time, or none that is HTTP";
    }

    private static boolean isOfACertificate(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        posting.close();
    }
}
