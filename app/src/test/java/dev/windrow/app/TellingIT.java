package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http.Answer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An export whose archive is taken to a folder, and of which a mail tells, in the whole product. */
@Tag("slow")
final class TellingIT {
    private static final Pattern LINK = Pattern.compile("https://exports\\.example(/d/[^\\s\"<]{1,400})");

    @TempDir
    Path folder;

    private final GreenMail mails =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());

    @Test
    void takesAnArchiveAwayAndTellsByMail() throws Exception {
        mails.start();
        Path place = Files.createDirectory(folder.resolve("place"));
        try (RunningWindow windrow = RunningWindow.sensors(
                folder.resolve("home"),
                "--windrow.deliveries.finance.url=" + place,
                "--windrow.deliveries.finance.pattern={owner}/{dataset}-{id}.zip",
                "--windrow.mail.host=127.0.0.1",
                "--windrow.mail.port=" + mails.getSmtp().getPort(),
                "--windrow.mail.from=Exports <exports@example.com>",
                "--windrow.mail.domains=example.com",
                "--windrow.mail.links=signed",
                "--windrow.page.url=https://exports.example")) {
            JsonNode export = windrow.client.complete("{\"dataset\":\"sensors\",\"deliver\":\"finance\","
                    + "\"notify\":{\"email\":[\"ann@example.com\"]}}");
            String sha256 = export.at("/file/sha256").asString();

            await().atMost(Duration.ofSeconds(60)).until(() -> mails.getReceivedMessages().length > 0);
            Path copy = place.resolve("local/sensors-" + export.path("id").asString() + ".zip");
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(copy));
            assertThat(Digests.hex(Files.readAllBytes(copy))).isEqualTo(sha256);
            try (Stream<Path> files = Files.walk(place)) {
                assertThat(files.filter(Files::isRegularFile)).containsExactly(copy);
            }
            String mail = GreenMailUtil.getWholeMessage(mails.getReceivedMessages()[0])
                    .replace("=\r\n", "")
                    .replace("=3D", "=");
            assertThat(mail).contains("Message-ID: <msg_", "To: ann@example.com", sha256);
            Matcher link = LINK.matcher(mail);
            assertThat(link.find()).as(mail).isTrue();
            Answer download = windrow.client.get(URI.create(link.group(1)).getRawPath());
            assertThat(download.status()).isEqualTo(200);
            assertDeliveries(windrow, export);
            assertRefusals(windrow);
        } finally {
            mails.stop();
        }
    }

    private static void assertDeliveries(RunningWindow windrow, JsonNode export) {
        String deliveries = export.at("/links/self").asString() + "/deliveries";
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(windrow.client
                                .get(deliveries)
                                .json()
                                .path("items")
                                .findValuesAsString("state"))
                        .containsExactlyInAnyOrder("done", "done"));
    }

    private static void assertRefusals(RunningWindow windrow) {
        Answer answer = windrow.client.post(
                "{\"dataset\":\"sensors\",\"deliver\":\"elsewhere\",\"notify\":{\"email\":[\"eve@evil.org\"]}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsString("pointer"))
                .isEqualTo(List.of("/notify/email/0", "/deliver"));
    }
}
