package dev.windrow.app.settings;

import dev.windrow.worker.outbox.mail.MailServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people get mails. The names are those of Spring's {@code spring.mail.*}, as far as there are such.
 *
 * @param host of the server; null where no mails are sent
 * @param port null for the protocol's own
 * @param protocol {@code smtp} or {@code smtps}
 * @param properties of Jakarta Mail
 * @param from of whom mails are
 * @param domains whose addresses anybody may have told
 * @param links where a mail leads
 */
public record MailSettings(
        @SettingText(value = "the server that takes mails", otherwise = "none: no mails") @Nullable String host,

        @SettingText(value = "its port", otherwise = "the protocol's own") @Nullable Integer port,

        @SettingText(value = "the user of that server", otherwise = "none") @Nullable String username,

        @SettingText(value = "the password of that user", otherwise = "none") @Nullable String password,

        @DefaultValue("smtp") @SettingText("smtp, or smtps for TLS from the first byte on")
        String protocol,

        @DefaultValue
        @SettingText(
                value = "of Jakarta Mail: windrow.mail.properties.mail.smtp.starttls.required=true",
                otherwise = "none")
        Map<String, String> properties,

        @SettingText(value = "of whom mails are: Exports <exports@example.com>", otherwise = "none") @Nullable String from,

        @DefaultValue
        @SettingText(
                value = "domains whose addresses anybody may have told: example.com,…",
                otherwise = "none: a caller's own address")
        List<String> domains,

        @DefaultValue("page") @SettingText("page, or signed: the archive without credentials, for a time")
        Links links) {
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){1,9}");
    private static final int MOST_PORT = 65_535;

    /** Where a mail leads. */
    public enum Links {
        PAGE,
        SIGNED
    }

    public MailSettings {
        properties = Map.copyOf(properties);
        domains = domains.stream()
                .map(domain -> domain.strip().toLowerCase(Locale.ROOT))
                .toList();
        for (String domain : domains) {
            if (!DOMAIN.matcher(domain).matches()) {
                throw new IllegalArgumentException(
                        "windrow.mail.domains has \"" + domain + "\"; say names such as example.com, with commas");
            }
        }
        if (!protocol.equals("smtp") && !protocol.equals("smtps")) {
            throw new IllegalArgumentException("windrow.mail.protocol is " + protocol + "; say smtp or smtps");
        }
        if (port != null && (port < 1 || port > MOST_PORT)) {
            throw new IllegalArgumentException(
                    "windrow.mail.port is " + port + "; say a number from 1 to " + MOST_PORT);
        }
        if (host != null) {
            checkFrom(from);
        }
    }

    private static void checkFrom(@Nullable String from) {
        if (from == null) {
            throw new IllegalArgumentException("windrow.mail.host is set, but not windrow.mail.from: say of whom mails"
                    + " are, such as Exports <exports@example.com>");
        }
        try {
            MailServer.requireSender(from);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("windrow.mail.from " + e.getMessage());
        }
    }

    /** The server; empty where no mails are sent. */
    public Optional<MailServer> server() {
        return host == null
                ? Optional.empty()
                : Optional.of(new MailServer(
                        host,
                        port,
                        username == null ? null : new MailServer.Login(username, password),
                        protocol,
                        properties));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return String.valueOf(host);
    }
}
