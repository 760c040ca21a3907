package dev.windrow.worker.outbox.mail;

import dev.windrow.worker.outbox.Outcome;
import jakarta.mail.MessagingException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * A server's no to a mail. A 4xx says that another try may do better, a 5xx that none will (RFC 5321, section 4.2.1),
 * but for one that asks who we are: that is the operator's to mend, and no mail's fault.
 *
 * @param code of three digits
 * @param what the server did not take: the address, the sender, or the mail
 */
record Refusal(int code, String what) {
    private static final int FOR_EVER = 500;
    /** RFC 4954, section 6. */
    private static final Set<Integer> NOT_KNOWN = Set.of(530, 534, 535, 538);

    /** The one that an error tells of; empty where it tells of something else. */
    static Optional<Refusal> of(Exception error) {
        Optional<Refusal> found = Optional.empty();
        // The innermost is the one that says the most.
        for (Exception each = error; each instanceof MessagingException next; each = next.getNextException()) {
            Optional<Refusal> refusal = told(each);
            found = refusal.isPresent() ? refusal : found;
        }
        return found;
    }

    private static Optional<Refusal> told(Exception e) {
        if (e instanceof SMTPAddressFailedException address) {
            return Optional.of(new Refusal(address.getReturnCode(), "address"));
        }
        if (e instanceof SMTPSenderFailedException sender) {
            return Optional.of(new Refusal(sender.getReturnCode(), "sender"));
        }
        if (e instanceof SMTPSendFailedException send) {
            boolean isSender = String.valueOf(send.getCommand()).startsWith("MAIL ");
            return Optional.of(new Refusal(send.getReturnCode(), isSender ? "sender" : "mail"));
        }
        return Optional.empty();
    }

    Outcome outcome() {
        if (NOT_KNOWN.contains(code)) {
            return Outcome.again("the mail server refuses the user or the password");
        }
        return code >= FOR_EVER
                ? Outcome.stop("the mail server refuses the " + what)
                : Outcome.again("the mail server takes no mail for now");
    }
}
