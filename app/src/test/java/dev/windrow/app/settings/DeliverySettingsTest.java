package dev.windrow.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.common.artifact.disk.FolderDestination;
import dev.windrow.common.artifact.s3.S3Destination;
import dev.windrow.common.artifact.sftp.SftpDestination;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as an operator writes them, bound as Spring Boot binds them. */
final class DeliverySettingsTest {
    private static WindrowSettings bound(String... keysAndValues) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            given.put("windrow." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("windrow", WindrowSettings.class);
    }

    private static @Nullable String refused(String... keysAndValues) {
        try {
            var unused = bound(keysAndValues);
            return null;
        } catch (BindException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return root.getMessage();
        }
    }

    @Test
    void makesAPlaceOfEachKind() {
        WindrowSettings settings = bound(
                "deliveries.disk.url", "/mnt/reports",
                "deliveries.uri.url", "file:///mnt/reports",
                "deliveries.bucket.url", "s3://reports/in",
                "deliveries.bucket.s3.endpoint", "https://s3.example",
                "deliveries.bucket.s3.access-key", "id",
                "deliveries.bucket.s3.secret-key", "secret",
                "deliveries.server.url", "sftp://reports@files.example/in",
                "deliveries.server.sftp.known-hosts", "known_hosts",
                "deliveries.server.sftp.password", "secret",
                "deliveries.server.pattern", "{id}.zip");

        assertThat(settings.deliveries().get("disk").place("disk").destination())
                .isInstanceOf(FolderDestination.class);
        assertThat(settings.deliveries().get("uri").place("uri").destination()).isInstanceOf(FolderDestination.class);
        assertThat(settings.deliveries().get("bucket").place("bucket").destination())
                .isInstanceOf(S3Destination.class);
        assertThat(settings.deliveries().get("server").place("server").destination())
                .isInstanceOf(SftpDestination.class);
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pattern | {id}.zip | windrow.deliveries.a.url is missing",
                "url | ftp://h/x | windrow.deliveries.a.url is of no kind that there is",
                "url | sftp://u:p@h/x | windrow.deliveries.a.sftp.known-hosts is missing",
                "url | s3://B | windrow.deliveries.a.url: B is no name of a bucket"
            })
    void refusesAPlaceThatIsNone(String key, String value, String why) {
        assertThat(refused("deliveries.a." + key, value)).startsWith(why);
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertThat(refused("deliveries.a.url", "/x", "deliveries.a.sftp.password", "p"))
                .isEqualTo("windrow.deliveries.a has sftp settings, and its url is of another kind; take them away");
        assertThat(refused("deliveries.a.url", "/x", "deliveries.a.s3.region", "r"))
                .isEqualTo("windrow.deliveries.a has s3 settings, and its url is of another kind; take them away");
        assertThat(refused("deliveries.a.url", "s3://bucket", "deliveries.a.s3.access-key", "k"))
                .startsWith("windrow.deliveries.a.s3.access-key and .secret-key go together");
        assertThat(refused("deliveries.a.url", "sftp://u@h/x", "deliveries.a.sftp.known-hosts", "known_hosts"))
                .startsWith("windrow.deliveries.a.sftp.password and .key are missing");
        assertThat(refused("deliveries.a.url", "/x", "deliveries.a.pattern", "../{fileName}"))
                .startsWith("windrow.deliveries.a.pattern has a part that is no name");
        assertThat(refused(
                        "deliveries.a.url", "sftp://u:hidden@h/x",
                        "deliveries.a.sftp.known-hosts", "known_hosts",
                        "deliveries.a.sftp.password", "p"))
                .startsWith("windrow.deliveries.a.url: it is no address")
                .doesNotContain("hidden");
    }

    @Test
    void asksForWhatMailsNeed() {
        assertThat(refused("mail.host", "smtp.example"))
                .startsWith("windrow.mail.host is set, but not windrow.mail.from");
        assertThat(refused("mail.host", "smtp.example", "mail.from", "exports"))
                .startsWith("windrow.mail.from is no address");
        assertThat(refused("mail.host", "smtp.example", "mail.from", "exports@example.com"))
                .startsWith("windrow.mail.host is set, but not windrow.page.url");
        assertThat(refused("mail.domains", "exa mple")).startsWith("windrow.mail.domains has \"exa mple\"");
        assertThat(refused("mail.protocol", "imap")).startsWith("windrow.mail.protocol is imap");
        assertThat(refused("mail.port", "0")).startsWith("windrow.mail.port is 0");
        WindrowSettings settings = bound(
                "mail.host", "smtp.example",
                "mail.from", "Exports <exports@example.com>",
                "mail.password", "secret",
                "mail.properties.mail.smtp.starttls.required", "true",
                "mail.domains", "Example.com,example.org",
                "page.url", "https://example.com");
        assertThat(settings.mail().server().orElseThrow().properties())
                .containsEntry("mail.smtp.starttls.required", "true");
        assertThat(settings.mail().domains()).containsExactly("example.com", "example.org");
        assertThat(settings.toString()).doesNotContain("secret");
        assertThatThrownBy(() -> settings.mail().domains().add("x")).isInstanceOf(UnsupportedOperationException.class);
    }
}
