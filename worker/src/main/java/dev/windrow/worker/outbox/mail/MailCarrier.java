package dev.windrow.worker.outbox.mail;

import dev.windrow.common.export.Export;
import dev.windrow.common.export.Exports;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Target;
import dev.windrow.worker.outbox.Carrier;
import dev.windrow.worker.outbox.Outcome;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a mail for each message, to one address. Where a process is killed between the server's yes and our note of it,
 * the mail goes out once more, with the same Message-ID, by which most servers and clients drop it. Thread-safe.
 */
public final class MailCarrier implements Carrier {
    private static final Logger log = LoggerFactory.getLogger(MailCarrier.class);
    /** Few servers like more from one. */
    private static final int AT_ONCE = 4;

    private final JavaMailSenderImpl server;
    private final InternetAddress sender;
    private final Exports exports;
    private final MailLinks links;
    private final JsonMapper json = JsonMapper.builder().build();

    /** Where a mail leads. */
    public interface MailLinks {
        /** An address of the export's page, or of its archive; empty for none. */
        Optional<String> to(Export export);
    }

    /** @param sender of whom mails are, as {@link MailServer#requireSender} has it */
    public MailCarrier(MailServer server, String sender, Exports exports, MailLinks links) {
        this.server = server.sender();
        this.sender = MailServer.sender(sender);
        this.exports = exports;
        this.links = links;
    }

    @Override
    public Target.Kind kind() {
        return Target.Kind.MAIL;
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    @Override
    public Outcome carry(Message message) {
        Optional<Export> export = exports.find(message.about().export());
        if (export.isEmpty()) {
            return Outcome.stop("the export was deleted");
        }
        try {
            server.send(mail(message, export.get()));
            return Outcome.done();
        } catch (MessagingException e) {
            log.warn("a mail of export {} can't be made: {}", message.about().export(), String.valueOf(e));
            return Outcome.stop("the address is none that a mail can be sent to");
        } catch (MailException e) {
            log.warn("a mail of export {} was not sent: {}", message.about().export(), reason(e));
            return outcome(e);
        }
    }

    private MimeMessage mail(Message message, Export export) throws MessagingException {
        JsonNode data = json.readTree(message.event().payload()).path("data");
        MailText text = new MailText(
                message.target().language(),
                data,
                new MailText.Links(links.to(export).orElse(null), export.times().expires()));
        MimeMessage mail = new Mail(server.getSession(), "<" + message.id() + "@" + domain() + ">");
        MimeMessageHelper helper = new MimeMessageHelper(mail, true, StandardCharsets.UTF_8.name());
        helper.setFrom(sender);
        helper.setTo(new InternetAddress(message.target().name(), true));
        helper.setSubject(text.subject());
        helper.setText(text.plain(), text.html());
        // RFC 3834: no machine answers it.
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("Content-Language", text.locale().toLanguageTag());
        return mail;
    }

    private String domain() {
        String address = sender.getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private static Outcome outcome(MailException e) {
        if (e instanceof MailAuthenticationException) {
            return Outcome.again("the mail server refuses the user or the password");
        }
        if (e instanceof MailSendException sending) {
            for (Exception each : sending.getMessageExceptions()) {
                Optional<Refusal> refusal = Refusal.of(each);
                if (refusal.isPresent()) {
                    return refusal.get().outcome();
                }
            }
        }
        return Outcome.again("the mail server can't be reached");
    }

    /** Without a stack: a server that is away is nothing of ours. */
    private static String reason(MailException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause);
    }

    /** A mail with the name that its message has, over all tries. */
    private static final class Mail extends MimeMessage {
        private final String id;

        Mail(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
