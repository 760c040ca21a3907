package dev.windrow.worker.outbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.export.ExportId;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.SigningKey;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.outbox.Try;
import dev.windrow.common.outbox.WebhookHosts;
import dev.windrow.common.outbox.WebhookUrl;
import dev.windrow.testkit.Receiver;
import dev.windrow.worker.outbox.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a webhook, by a real socket. */
final class WebhookCarrierTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final SigningKey KEY = SigningKey.of(new byte[32]);
    private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    @ParameterizedTest
    @CsvSource({
        "200, DONE, answered 200",
        "204, DONE, answered 204",
        "301, AGAIN, answered 301",
        "404, AGAIN, answered 404",
        "410, STOP, answered 410: it wants no more of this",
        "429, AGAIN, answered 429",
        "503, AGAIN, answered 503"
    })
    void comesToWhatTheStatusSays(int status, Try.Result result, String reason) throws Exception {
        try (Receiver receiver = Receiver.answering(status)) {
            assertThat(carry(receiver, Duration.ofSeconds(10))).isEqualTo(new Outcome(result, reason));
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void isSignedOverWhatIsSent() throws Exception {
        try (Receiver receiver = Receiver.answering(200)) {
            var unused = carry(receiver, Duration.ofSeconds(10));
            Receiver.Received request = receiver.received().get(0);
            assertThat(request.line()).isEqualTo("POST /hook?key=secret HTTP/1.1");
            assertThat(request.headers())
                    .containsEntry("webhook-id", "msg_1")
                    .containsEntry("webhook-timestamp", String.valueOf(NOW.getEpochSecond()))
                    .containsEntry(
                            "webhook-signature",
                            Signatures.of("msg_1", NOW.getEpochSecond(), request.body(), List.of(SECRET), KEY))
                    .containsEntry("content-type", "application/json");
            assertThat(request.headers().get("host")).startsWith("127.0.0.1:");
            assertThat(request.body()).isEqualTo("{\"type\":\"export.completed\"}");
        }
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (Receiver other = Receiver.answering(200);
                Receiver receiver = Receiver.of(Receiver.status(307, "Location: " + other.url()))) {
            assertThat(carry(receiver, Duration.ofSeconds(10)).result()).isEqualTo(Try.Result.AGAIN);
            assertThat(other.received()).isEmpty();
        }
    }

    @Test
    void saysThatTheOtherEndSpeaksNoTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    // Until the other end has read it and gone.
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // It has gone.
                }
            });
            answering.start();
            WebhookHosts hosts = new WebhookHosts(Set.of("billing"), List.of(), List.of("billing"));
            String url = "https://127.0.0.1:" + plain.getLocalPort() + "/";
            assertThat(carry(url, hosts, Duration.ofSeconds(10), "billing"))
                    .isEqualTo(Outcome.again("no TLS: it speaks none that fits"));
            answering.join();
        }
    }

    @Test
    void isCutWhereNothingIsAnswered() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Receiver receiver = Receiver.of((request, out) -> never.await())) {
            assertThat(carry(receiver, Duration.ofMillis(300)))
                    .isEqualTo(Outcome.again("no answer in time, or none that is HTTP"));
        } finally {
            never.countDown();
        }
    }

    /** Each of them would have the whole time, one after another. */
    @Test
    void isCutWhereNoneOfManyAddressesLetsItConnect() throws Exception {
        SilentNetwork silent = new SilentNetwork();
        WebhookUrl url = WebhookUrl.of("http://silent.example/").orElseThrow();
        try (Posting posting = new Posting(silent, Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> posting.send(url, false, Map.of(), "{}")).isInstanceOf(IOException.class);
        }
        assertThat(silent.connects).hasValue(1);
    }

    /** A name of many addresses, where nothing refuses a connection and nothing takes one. */
    private static final class SilentNetwork implements Network {
        final AtomicInteger connects = new AtomicInteger();

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return new InetAddress[] {
                InetAddress.getByName("8.8.8.8"), InetAddress.getByName("8.8.4.4"), InetAddress.getByName("1.1.1.1")
            };
        }

        @Override
        public Socket socket() {
            CountDownLatch closed = new CountDownLatch(1);
            return new Socket() {
                @Override
                public void connect(SocketAddress address, int timeout) throws IOException {
                    if (!isClosed()) {
                        connects.incrementAndGet();
                        await(closed);
                    }
                    throw new SocketException("closed");
                }

                @Override
                public synchronized void close() throws IOException {
                    super.close();
                    closed.countDown();
                }
            };
        }

        private static void await(CountDownLatch closed) throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }

    @Test
    void isCutWhereAnAnswerTrickles() throws Exception {
        try (Receiver receiver = Receiver.of((request, out) -> {
            while (true) {
                out.write('H');
                out.flush();
                Thread.sleep(20);
            }
        })) {
            assertThat(carry(receiver, Duration.ofMillis(500)).result()).isEqualTo(Try.Result.AGAIN);
        }
    }

    @Test
    void readsNoMoreThanTheStatusOfAnEndlessAnswer() throws Exception {
        byte[] head = "HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        CountDownLatch cut = new CountDownLatch(1);
        try (Receiver receiver = Receiver.of((request, out) -> {
            try {
                out.write(head);
                byte[] much = new byte[1 << 20];
                for (int i = 0; i < 200; i++) {
                    out.write(much);
                }
            } catch (IOException e) {
                cut.countDown();
                throw e;
            }
        })) {
            assertThat(carry(receiver, Duration.ofSeconds(10)).result()).isEqualTo(Try.Result.DONE);
            cut.await();
        }
    }

    @Test
    void refusesAnAnswerThatIsAllHeaders() throws Exception {
        try (Receiver receiver = Receiver.of((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] header = "X: y\r\n".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1_000_000; i++) {
                out.write(header);
            }
        })) {
            assertThat(carry(receiver, Duration.ofSeconds(10)).result()).isEqualTo(Try.Result.AGAIN);
        }
    }

    @Test
    void goesNowhereInsideUnlessAllowed() throws Exception {
        try (Receiver receiver = Receiver.answering(200)) {
            WebhookHosts hosts = new WebhookHosts(Set.of("billing"), List.of(), List.of());
            assertThat(carry(receiver.url(), hosts, Duration.ofSeconds(10), "billing"))
                    .isEqualTo(Outcome.again("its host has an address that a webhook may not be at"));
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void goesToNobodyWhomTheSettingsNoLongerHave() throws Exception {
        try (Receiver receiver = Receiver.answering(200)) {
            WebhookHosts hosts = new WebhookHosts(Set.of("billing"), List.of(), List.of("billing"));
            assertThat(carry(receiver.url(), hosts, Duration.ofSeconds(10), "gone"))
                    .isEqualTo(Outcome.again("the settings have no such webhook"));
            assertThat(carry(receiver.url(), hosts, Duration.ofSeconds(10), receiver.url()))
                    .isEqualTo(Outcome.again("the settings do not allow its host"));
            WebhookHosts open = new WebhookHosts(Set.of("billing"), List.of("127.0.0.1"), List.of());
            assertThat(carry(receiver.url(), open, Duration.ofSeconds(10), receiver.url())
                            .result())
                    .isEqualTo(Try.Result.DONE);
            assertThat(receiver.received().get(0).headers().get("webhook-signature"))
                    .startsWith("v1a,");
        }
    }

    private static Outcome carry(Receiver receiver, Duration patience) throws InterruptedException {
        WebhookHosts hosts = new WebhookHosts(Set.of("billing"), List.of(), List.of("billing"));
        return carry(receiver.url(), hosts, patience, "billing");
    }

    private static Outcome carry(String url, WebhookHosts hosts, Duration patience, String target)
            throws InterruptedException {
        Webhook webhook = new Webhook(WebhookUrl.of(url).orElseThrow(), List.of(SECRET));
        try (WebhookCarrier carrier = new WebhookCarrier(
                Map.of("billing", webhook),
                hosts,
                KEY,
                Clock.fixed(NOW, ZoneOffset.UTC),
                () -> null,
                new Posting(Network.REAL, patience))) {
            return carrier.carry(message(target));
        }
    }

    private static Message message(String target) {
        return new Message(
                "msg_1",
                new Message.About(new ExportId(new UUID(1, 2)), "ann", "orders"),
                Target.of(Target.Kind.WEBHOOK, target),
                new Message.Event(Message.Event.COMPLETED, 2, "{\"type\":\"export.completed\"}"),
                new Message.Standing(Message.State.WAITING, NOW, NOW, 0, 1, null));
    }
}
