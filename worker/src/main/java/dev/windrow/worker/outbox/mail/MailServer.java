package dev.windrow.worker.outbox.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * A server that takes mails. Immutable.
 *
 * @param port null for the protocol's own
 * @param login null for none
 * @param protocol {@code smtp}, or {@code smtps} for TLS from the first byte on
 * @param properties of Jakarta Mail, as {@code mail.smtp.starttls.required}
 */
public record MailServer(
        String host, @Nullable Integer port, @Nullable Login login, String protocol, Map<String, String> properties) {
    /** A server that is silent for as long as that, in milliseconds, is as good as gone. */
    private static final String PATIENCE = "15000";

    /** What the server knows us by. */
    public record Login(String username, @Nullable String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return username;
        }
    }

    public MailServer {
        properties = Map.copyOf(properties);
    }

    /**
     * Looks at an address of whom mails are: {@code exports@example.com}, or {@code Exports <exports@example.com>}.
     *
     * @throws IllegalArgumentException for what is none
     */
    public static void requireSender(String address) {
        var unused = sender(address);
    }

    static InternetAddress sender(String address) {
        try {
            InternetAddress sender = new InternetAddress(address, true);
            if (sender.getAddress().indexOf('@') > 0) {
                return sender;
            }
        } catch (AddressException e) {
            // Said below.
        }
        throw new IllegalArgumentException("is no address; say exports@example.com, or Exports <exports@example.com>");
    }

    JavaMailSenderImpl sender() {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(host);
        sender.setProtocol(protocol);
        if (port != null) {
            sender.setPort(port);
        }
        if (login != null) {
            sender.setUsername(login.username());
            sender.setPassword(login.password());
        }
        sender.setDefaultEncoding("UTF-8");
        Properties all = sender.getJavaMailProperties();
        for (String time : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            all.setProperty("mail." + protocol + "." + time, PATIENCE);
        }
        properties.forEach(all::setProperty);
        return sender;
    }
}
