package dev.windrow.common.outbox;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which hosts webhooks may have. Immutable.
 *
 * <p>An address, or {@code localhost}, that is allowed is allowed wherever it is: whoever wrote it down knows where
 * that is. A name is not: where it leads may change.
 */
public final class WebhookHosts implements TargetCheck {
    private static final String ANY_BELOW = "*.";

    private final Set<String> targets;
    private final Set<String> allowed = new TreeSet<>();
    private final Set<String> inside = new TreeSet<>();

    /**
     * @param targets the names of the settings' targets
     * @param allowed hosts that a start may give a URL of: {@code hooks.example.com}, {@code *.example.com} for all
     *     below it, an address
     * @param inside names of targets, and hosts, that may lead to addresses of this machine or a private network
     * @throws IllegalArgumentException naming what is no host
     */
    public WebhookHosts(Set<String> targets, List<String> allowed, List<String> inside) {
        this.targets = Set.copyOf(targets);
        allowed.forEach(text -> this.allowed.add(host(text)));
        inside.forEach(text -> this.inside.add(targets.contains(text) ? text : host(text)));
    }

    private static String host(String text) {
        String stripped = text.strip();
        String rest = stripped.startsWith(ANY_BELOW) ? stripped.substring(ANY_BELOW.length()) : stripped;
        String bracketed = rest.contains(":") && !rest.startsWith("[") ? "[" + rest + "]" : rest;
        String host = WebhookUrl.of("http://" + bracketed + "/")
                .map(WebhookUrl::host)
                .filter(found ->
                        found.equals(bracketed.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> new IllegalArgumentException(
                        text + " is no host; say one such as hooks.example.com, *.example.com or 192.0.2.7"));
        return stripped.startsWith(ANY_BELOW) ? ANY_BELOW + host : host;
    }

    @Override
    public Target.Kind kind() {
        return Target.Kind.WEBHOOK;
    }

    @Override
    public Optional<String> refusal(String name, Map<String, Object> claims) {
        if (targets.contains(name)) {
            return Optional.empty();
        }
        if (!name.contains(":")) {
            return Optional.of("is no webhook of this server");
        }
        Optional<WebhookUrl> url = WebhookUrl.of(name);
        if (url.isEmpty()) {
            return Optional.of(
                    "must be the name of a webhook, or an http or https URL without credentials or a fragment");
        }
        if (!isAmong(allowed, url.get().host())) {
            return Optional.of("has a host that this server does not allow");
        }
        return url.get().hasWebPort()
                ? Optional.empty()
                : Optional.of("has a port of another protocol; say 80, 443, or one from 1024 on");
    }

    /** Whether a message may still go to a URL that a start gave: settings may have changed since. */
    public boolean allows(WebhookUrl url) {
        return isAmong(allowed, url.host()) && url.hasWebPort();
    }

    /**
     * Whether a target may lead to addresses of this machine or of a private network.
     *
     * @param name of the target
     */
    public boolean mayBeInside(String name, WebhookUrl url) {
        boolean named = inside.contains(name) || isAmong(inside, url.host());
        boolean written = url.isAddress() || url.host().equals("localhost");
        return named || written && allowed.contains(url.host());
    }

    private static boolean isAmong(Set<String> hosts, String host) {
        return hosts.contains(host)
                || hosts.stream().anyMatch(each -> each.startsWith(ANY_BELOW) && host.endsWith(each.substring(1)));
    }
}
