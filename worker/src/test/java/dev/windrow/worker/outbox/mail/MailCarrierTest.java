package dev.windrow.worker.outbox.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.windrow.common.export.Export;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Target;
import dev.windrow.testkit.Ports;
import dev.windrow.worker.outbox.CompletedExports;
import dev.windrow.worker.outbox.Outcome;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MailCarrierTest {
    private static final String COMPLETED = """
            { "type": "export.completed", "timestamp": "2026-03-31T23:59:58.123Z",
              "data": { "id": "0193", "dataset": "orders", "owner": "ann", "state": "completed", "rows": 1234567,
                "file": { "name": "march.zip", "bytes": 10,
                  "sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
                "error": null, "links": {} } }""";
    private static final String FAILED = """
            { "type": "export.failed", "data": { "id": "0193", "dataset": "orders", "owner": "ann", "state": "failed",
                "rows": 0, "file": null, "error": { "type": "/problems/source-unavailable", "title": "x",
                  "detail": "The source can't be reached." }, "links": {} } }""";

    @TempDir
    private Path temp;

    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
    private CompletedExports table;
    private Export export;

    @BeforeEach
    void open() throws IOException {
        server.start();
        table = new CompletedExports(temp);
        export = table.completed("march.zip", new byte[10]);
    }

    @AfterEach
    void close() {
        server.stop();
        table.close();
    }

    private MailCarrier carrier(int port, MailServer.@Nullable Login login) {
        return carrier(port, login, Duration.ofSeconds(30));
    }

    /** @param patience for each answer of the server */
    private MailCarrier carrier(int port, MailServer.@Nullable Login login, Duration patience) {
        return new MailCarrier(
                new MailServer(
                        "127.0.0.1",
                        port,
                        login,
                        "smtp",
                        Map.of("mail.smtp.timeout", Long.toString(patience.toMillis()))),
                "Exports <exports@example.com>",
                table.exports,
                each -> Optional.of("https://example.com/x/?q=a&b=\"c\""));
    }

    private Outcome send(String type, String payload, String address) {
        return carrier(server.getSmtp().getPort(), null)
                .carry(CompletedExports.message(export, Target.of(Target.Kind.MAIL, address), type, payload));
    }

    private static String part(MimeMessage mail, String type) throws Exception {
        return part((Multipart) mail.getContent(), type);
    }

    private static String part(Multipart parts, String type) throws Exception {
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            if (part.getContent() instanceof Multipart below) {
                return part(below, type);
            }
            if (part.isMimeType(type)) {
                return part.getContent().toString();
            }
        }
        throw new AssertionError("no " + type);
    }

    @Test
    void tellsOfAnArchiveInTextAndHtml() throws Exception {
        assertThat(send(Message.Event.COMPLETED, COMPLETED, "ann@example.com")).isEqualTo(Outcome.done());

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Your export is ready: march.zip");
        assertThat(mail.getFrom()[0]).hasToString("Exports <exports@example.com>");
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("ann@example.com");
        assertThat(mail.getMessageID()).isEqualTo("<msg_0123456789abcdef0123456789abcdef@example.com>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(part(mail, "text/plain"))
                .contains("march.zip is ready: 1,234,567 rows, 10 bytes.")
                .contains("It is kept until 2026-04-07 23:59 UTC.")
                .contains("https://example.com/x/?q=a&b=\"c\"")
                .contains("SHA-256: 0123456789abcdef");
        assertThat(part(mail, "text/html"))
                .contains("href=\"https://example.com/x/?q=a&amp;b=&quot;c&quot;\"")
                .contains("1,234,567 rows");
    }

    @Test
    void tellsWhyAnExportHasFailed() throws Exception {
        assertThat(send(Message.Event.FAILED, FAILED, "ann@example.com")).isEqualTo(Outcome.done());

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("Your export has failed: orders");
        assertThat(part(mail, "text/plain"))
                .contains("your export orders has failed. The source can't be reached.")
                .doesNotContain("kept until", "SHA-256");
    }

    @Test
    void isTheSameMailWhenItGoesOutTwice() throws Exception {
        var first = send(Message.Event.COMPLETED, COMPLETED, "ann@example.com");
        var second = send(Message.Event.COMPLETED, COMPLETED, "ann@example.com");

        assertThat(first).isEqualTo(second);
        assertThat(server.getReceivedMessages())
                .extracting(MimeMessage::getMessageID)
                .containsExactly(
                        "<msg_0123456789abcdef0123456789abcdef@example.com>",
                        "<msg_0123456789abcdef0123456789abcdef@example.com>");
    }

    @Test
    void takesNothingOfANameForAHeaderOrMarkup() throws Exception {
        String hostile = COMPLETED.replace(
                "march.zip", "a\\r\\nBcc: eve@example.com\\r\\n\\r\\n<b>\\u202e{0}'<img src=x>\\u0000.zip");

        assertThat(send(Message.Event.COMPLETED, hostile, "ann@example.com")).isEqualTo(Outcome.done());

        assertThat(server.getReceivedMessages()).hasSize(1);
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject())
                .isEqualTo("Your export is ready: a  Bcc: eve@example.com    <b>{0}'<img src=x>.zip");
        assertThat(part(mail, "text/html"))
                .doesNotContain("<b>", "<img", "\u202e")
                .contains("{0}&#39;&lt;img src=x&gt;");
        assertThat(GreenMailUtil.getBody(mail)).doesNotContain("\nBcc");
    }

    @Test
    void sendsToOneAddressAlone() {
        for (String wrong : new String[] {
            "a@example.com, b@example.com", "a@example.com\r\nBcc: b@example.com", "nobody", "<a@example.com", ""
        }) {
            assertThat(send(Message.Event.COMPLETED, COMPLETED, wrong).result())
                    .as(wrong)
                    .isEqualTo(Outcome.stop("").result());
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void saysWhyAMailWasNotTaken() throws Exception {
        Message message = CompletedExports.message(
                export, Target.of(Target.Kind.MAIL, "ann@example.com"), Message.Event.COMPLETED, COMPLETED);

        assertThat(carrier(Ports.free(), null).carry(message))
                .isEqualTo(Outcome.again("the mail server can't be reached"));
        try (ServerSocket silent = new ServerSocket(0)) {
            assertThat(carrier(silent.getLocalPort(), null, Duration.ofMillis(500))
                            .carry(message))
                    .isEqualTo(Outcome.again("the mail server can't be reached"));
        }
        var known = server.setUser("ann@example.com", "ann", "right");
        assertThat(known.getLogin()).isEqualTo("ann");
        assertThat(carrier(server.getSmtp().getPort(), new MailServer.Login("ann", "wrong"))
                        .carry(message))
                .isEqualTo(Outcome.again("the mail server refuses the user or the password"));
        assertThat(carrier(server.getSmtp().getPort(), new MailServer.Login("ann", "right"))
                        .carry(message))
                .isEqualTo(Outcome.done());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RCPT     | 450 4.2.0 greylisted     | again | the mail server takes no mail for now",
                "RCPT     | 452 4.2.2 mailbox full   | again | the mail server takes no mail for now",
                "RCPT     | 550 5.1.1 nobody         | stop  | the mail server refuses the address",
                "RCPT     | 552 5.2.2 mailbox full   | stop  | the mail server refuses the address",
                "RCPT     | 554 5.7.1 denied         | stop  | the mail server refuses the address",
                "MAIL     | 451 4.3.0 try later      | again | the mail server takes no mail for now",
                "MAIL     | 550 5.7.1 not from you   | stop  | the mail server refuses the sender",
                "MAIL     | 554 5.7.1 not from you   | stop  | the mail server refuses the sender",
                "MAIL     | 530 5.7.0 who are you    | again | the mail server refuses the user or the password",
                "DATA     | 451 4.3.0 try later      | again | the mail server takes no mail for now",
                "DATA     | 554 5.6.0 no mail        | stop  | the mail server refuses the mail",
                ".        | 452 4.3.1 disk full      | again | the mail server takes no mail for now",
                ".        | 554 5.7.1 spam           | stop  | the mail server refuses the mail",
                "GREETING | 421 4.3.2 closing        | again | the mail server can't be reached",
                "GREETING | 554 5.3.2 no mails here  | again | the mail server can't be reached"
            })
    void isSentAgainAfterA4xxAndNotAfterA5xx(String command, String refusal, String result, String reason)
            throws Exception {
        Message message = CompletedExports.message(
                export, Target.of(Target.Kind.MAIL, "ann@example.com"), Message.Event.COMPLETED, COMPLETED);
        try (RefusingServer refusing = new RefusingServer(command, refusal)) {
            Outcome outcome = carrier(refusing.port(), null).carry(message);
            assertThat(outcome).isEqualTo(result.equals("stop") ? Outcome.stop(reason) : Outcome.again(reason));
        }
    }

    @Test
    void refusesASenderThatIsNone() {
        for (String wrong : new String[] {"", "exports", "a@b\r\nBcc: c@d", "a@b, c@d"}) {
            assertThatThrownBy(() -> MailServer.requireSender(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("is no address; say exports@example.com, or Exports <exports@example.com>");
        }
    }
}
