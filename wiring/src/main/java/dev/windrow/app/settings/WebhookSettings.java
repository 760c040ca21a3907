package dev.windrow.app.settings;

import dev.windrow.common.outbox.WebhookHosts;
import dev.windrow.common.outbox.WebhookUrl;
import dev.windrow.worker.outbox.Addressing;
import dev.windrow.worker.outbox.Addressing.Subscription;
import dev.windrow.worker.outbox.webhook.Secret;
import dev.windrow.worker.outbox.webhook.Webhook;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may be told by webhooks. Immutable.
 *
 * @param webhooks by their names
 * @param hosts that they may have
 */
public record WebhookSettings(Map<String, Entry> webhooks, WebhookHosts hosts) {
    private static final String ROOT = "windrow.webhooks.";
    private static final String ALLOW = "allow";
    private static final String INSIDE = "inside";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public WebhookSettings {
        webhooks = Map.copyOf(webhooks);
        Objects.requireNonNull(hosts, "hosts");
    }

    /**
     * What stands at {@code windrow.webhooks.NAME}: the fields of a webhook, or, of the two names that are none, a list
     * with commas.
     *
     * @param url where it is
     * @param secret {@code whsec_…}, or NEW,OLD while it is changed; null for signatures by Windrow's own key
     * @param events that it is told of, with or without {@code export.}
     * @param exports {@code named}, the default, or {@code all}
     * @param list of {@code allow} and {@code inside}; else null
     */
    public record Entry(
            @Nullable String url,
            @Nullable String secret,
            @Nullable List<String> events,
            @Nullable String exports,
            @Nullable String list) {
        /** What Spring Boot finds where a webhook's fields might be. */
        public static Entry of(String text) {
            return new Entry(null, null, null, null, text);
        }

        /** Without what is secret. */
        @Override
        public String toString() {
            return "set";
        }
    }

    /**
     * Reads and checks the settings.
     *
     * @throws IllegalArgumentException naming the key and the mend
     */
    static WebhookSettings of(Map<String, Entry> entries) {
        Map<String, Entry> webhooks = new TreeMap<>(entries);
        List<String> allow = list(ALLOW, webhooks.remove(ALLOW));
        List<String> inside = list(INSIDE, webhooks.remove(INSIDE));
        webhooks.forEach(WebhookSettings::check);
        try {
            return new WebhookSettings(webhooks, new WebhookHosts(webhooks.keySet(), allow, inside));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ROOT + ALLOW + " or " + ROOT + INSIDE + ": " + e.getMessage());
        }
    }

    private static List<String> list(String name, @Nullable Entry entry) {
        if (entry == null) {
            return List.of();
        }
        if (entry.list == null) {
            throw new IllegalArgumentException(
                    ROOT + name + " is a list with commas, such as hooks.example.com,192.0.2.7");
        }
        return List.of(entry.list.split(",")).stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static void check(String name, Entry entry) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    ROOT + name + ": a webhook's name has 1 to 64 of a-z, 0-9 and -, and begins with none of these");
        }
        var unused = subscription(name, entry);
        var unusedToo = webhook(name, entry);
    }

    /** What the carrier needs of them. */
    public Map<String, Webhook> carried() {
        return webhooks.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> webhook(each.getKey(), each.getValue())));
    }

    /** What each is told. */
    public Map<String, Subscription> subscriptions() {
        return webhooks.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> subscription(each.getKey(), each.getValue())));
    }

    private static Webhook webhook(String name, Entry entry) {
        String url = entry.url == null ? "" : entry.url.strip();
        WebhookUrl address = WebhookUrl.of(url)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                ROOT + name
                                        + ".url is no address of a webhook: say an http or https URL without credentials or a fragment"));
        try {
            return new Webhook(
                    address,
                    entry.secret == null || entry.secret.isBlank()
                            ? List.of()
                            : List.of(entry.secret.split(",")).stream()
                                    .map(text -> Secret.of(text.strip()))
                                    .toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ROOT + name + ".secret " + e.getMessage());
        }
    }

    private static Subscription subscription(String name, Entry entry) {
        String exports = entry.exports == null ? "named" : entry.exports.toLowerCase(Locale.ROOT);
        if (!exports.equals("named") && !exports.equals("all")) {
            throw new IllegalArgumentException(ROOT + name + ".exports is " + entry.exports
                    + "; say named, for those whose start names it, or all");
        }
        Set<String> events = entry.events == null || entry.events.isEmpty()
                ? Addressing.USUAL
                : entry.events.stream().map(text -> event(name, text)).collect(Collectors.toSet());
        return new Subscription(events, exports.equals("all"));
    }

    private static String event(String name, String text) {
        String event = text.strip().toLowerCase(Locale.ROOT);
        String full = event.contains(".") ? event : "export." + event;
        if (!Addressing.ALL.contains(full)) {
            throw new IllegalArgumentException(ROOT + name + ".events has " + text + "; say some of "
                    + Addressing.ALL.stream().sorted().collect(Collectors.joining(", ")));
        }
        return full;
    }
}
