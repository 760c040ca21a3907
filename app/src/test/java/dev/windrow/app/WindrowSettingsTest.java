package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.limit.Limits;
import dev.windrow.api.page.PageNames;
import dev.windrow.app.settings.ArtifactSettings;
import dev.windrow.app.settings.MailSettings;
import dev.windrow.app.settings.SecuritySettings;
import dev.windrow.app.settings.WebhookSettings;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.artifact.s3.S3Place;
import dev.windrow.worker.outbox.Addressing;
import dev.windrow.worker.outbox.mail.MailServer;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine;

final class WindrowSettingsTest {
    private static final String NEW_SECRET = "new secret of at least 32 bytes: äöü";
    private static final String OLD_SECRET = "old secret of at least 32 bytes: abc";

    /** Every key, with a value that is not its default. */
    private static final Map<String, String> EXPLICIT = Map.ofEntries(
            Map.entry("windrow.home", "/data"),
            Map.entry("windrow.catalog", "/etc/catalog.yaml"),
            Map.entry("windrow.drivers", "/etc/drivers"),
            Map.entry("windrow.role", "worker"),
            Map.entry("windrow.database.url", "jdbc:postgresql://db/windrow"),
            Map.entry("windrow.database.username", "me"),
            Map.entry("windrow.database.pool", "12"),
            Map.entry("windrow.database.password", "secret"),
            Map.entry("windrow.worker.concurrency", "7"),
            Map.entry("windrow.worker.compression-level", "9"),
            Map.entry("windrow.worker.checkpoint-interval", "PT5S"),
            Map.entry("windrow.retention.artifacts", "P1D"),
            Map.entry("windrow.retention.records", "P2D"),
            Map.entry("windrow.retention.audit", "P3D"),
            Map.entry("windrow.storage.reserve", "5MB"),
            Map.entry("windrow.storage.budget", "7MB"),
            Map.entry("windrow.artifacts.url", "s3://exports/windrow"),
            Map.entry("windrow.artifacts.serve", "redirect"),
            Map.entry("windrow.artifacts.segment", "16MB"),
            Map.entry("windrow.artifacts.s3.endpoint", "https://s3.example"),
            Map.entry("windrow.artifacts.s3.region", "eu-central-1"),
            Map.entry("windrow.artifacts.s3.path-style", "false"),
            Map.entry("windrow.limits.starts-per-minute", "600"),
            Map.entry("windrow.limits.active-per-caller", "50"),
            Map.entry("windrow.limits.queued", "100"),
            Map.entry("windrow.limits.rows-per-day", "5000000000"),
            Map.entry("windrow.limits.bytes-per-day", "7GB"),
            Map.entry("windrow.fair.weights.ann", "3"),
            Map.entry("windrow.webhooks.billing.url", "https://billing.example/hook"),
            Map.entry("windrow.webhooks.billing.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            Map.entry("windrow.webhooks.billing.events", "cancelled, delivery.failed"),
            Map.entry("windrow.webhooks.billing.exports", "all"),
            Map.entry("windrow.webhooks.allow", "hooks.example.com, *.shop.example"),
            Map.entry("windrow.webhooks.inside", "billing,10.0.0.7"),
            Map.entry("windrow.links.secret", NEW_SECRET + "," + OLD_SECRET),
            Map.entry("windrow.mcp.enabled", "false"),
            Map.entry("windrow.page.hosts", "Exports.example,10.0.0.5"),
            Map.entry("windrow.page.origins", "https://shop.example,http://localhost:3000"),
            Map.entry("windrow.page.url", "https://example.com/exports/"),
            Map.entry("windrow.page.title", "Exports of the shop"),
            Map.entry("windrow.page.logo", "/etc/shop.svg"),
            Map.entry("windrow.page.css", "/etc/shop.css"),
            Map.entry("windrow.page.back.url", "https://shop.example/"),
            Map.entry("windrow.page.back.text", "Back to the shop"),
            Map.entry("windrow.page.frame-ancestors", "https://portal.example"),
            Map.entry("windrow.mail.host", "smtp.example"),
            Map.entry("windrow.mail.port", "587"),
            Map.entry("windrow.mail.username", "exports"),
            Map.entry("windrow.mail.password", "secret"),
            Map.entry("windrow.mail.protocol", "smtps"),
            Map.entry("windrow.mail.properties.mail.smtps.timeout", "500"),
            Map.entry("windrow.mail.from", "Exports <exports@example.com>"),
            Map.entry("windrow.mail.domains", "example.com"),
            Map.entry("windrow.mail.links", "signed"),
            Map.entry("windrow.deliveries.finance.url", "/mnt/finance"),
            Map.entry("windrow.deliveries.finance.overwrite", "true"),
            Map.entry("windrow.security.mask-key", NEW_SECRET),
            Map.entry("windrow.security.token-keys", NEW_SECRET),
            Map.entry("windrow.security.jwt.issuers[0].name", "idp"),
            Map.entry("windrow.security.jwt.issuers[0].issuer", "https://idp.example"),
            Map.entry("windrow.security.jwt.issuers[0].audience", "windrow"),
            Map.entry("windrow.security.mode", "jwt, api-keys"),
            Map.entry("windrow.security.api-keys[0].name", "shop"),
            Map.entry("windrow.security.api-keys[0].not-before", "2026-01-01"),
            Map.entry("windrow.security.api-keys[0].claims.shops[0]", "7"),
            Map.entry("windrow.security.api-keys[0].limits.active", "2"),
            Map.entry("windrow.security.keys-file", "/etc/keys.yaml"));

    @Test
    void hasItsDefaults() {
        WindrowSettings settings = bind(Map.of());
        assertThat(settings.mcp().enabled()).isTrue();

        assertThat(settings.home()).isEqualTo(Path.of("windrow-data"));
        assertThat(settings.catalog()).isNull();
        assertThat(settings.role()).isEqualTo(WindrowSettings.Role.ALL);
        assertThat(settings.database()).isEqualTo(new WindrowSettings.Database(null, null, null, 8));
        assertThat(settings.worker()).isEqualTo(new WindrowSettings.Worker(null, 4, Duration.ofSeconds(1)));
        assertThat(settings.worker().exportsAtOnce())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.retention().artifacts()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.retention().records()).isEqualTo(Duration.ofDays(90));
        assertThat(settings.retention().audit()).isEqualTo(Duration.ofDays(400));
        assertThat(settings.security().isOpen()).isTrue();
        assertThat(settings.storage()).isEqualTo(new WindrowSettings.Storage(null, null));
        assertThat(settings.artifacts().bucket()).isEmpty();
        assertThat(settings.artifacts().folder()).isEmpty();
        assertThat(settings.artifacts().serve()).isEqualTo(ArtifactSettings.Serve.PROXY);
        assertThat(settings.artifacts().segment()).isEqualTo(DataSize.ofMegabytes(8));
        assertThat(settings.limits().limits(false)).isEqualTo(Limits.NONE);
        assertThat(settings.limits().limits(true)).isEqualTo(new Limits(new Allowance(60, 5, null, null), 10_000));
        assertThat(settings.fair().weights()).isEmpty();
        assertThat(settings.told().webhooks()).isEmpty();
        assertThat(settings.links().secret()).isEmpty();
        assertThat(settings.page().hosts()).isEmpty();
        assertThat(settings.page().origins()).isEmpty();
        assertThat(settings.page().url()).isNull();
        assertThat(settings.page().names()).isEqualTo(PageNames.USUAL);
        assertThat(settings.page().logo()).isNull();
        assertThat(settings.page().css()).isNull();
        assertThat(settings.page().frameAncestors()).isEmpty();
        assertThat(settings.mail().server()).isEmpty();
        assertThat(settings.mail().domains()).isEmpty();
        assertThat(settings.mail().links()).isEqualTo(MailSettings.Links.PAGE);
        assertThat(settings.deliveries()).isEmpty();
    }

    @Test
    void takesAnExplicitValueOfEveryKey() {
        WindrowSettings settings = bind(EXPLICIT);

        assertThat(settings.home()).isEqualTo(Path.of("/data"));
        assertThat(settings.catalog()).isEqualTo(Path.of("/etc/catalog.yaml"));
        assertThat(settings.role()).isEqualTo(WindrowSettings.Role.WORKER);
        assertThat(settings.database())
                .isEqualTo(new WindrowSettings.Database("jdbc:postgresql://db/windrow", "me", "secret", 12));
        assertThat(settings.worker()).isEqualTo(new WindrowSettings.Worker(7, 9, Duration.ofSeconds(5)));
        assertThat(settings.retention().artifacts()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.retention().records()).isEqualTo(Duration.ofDays(2));
        assertThat(settings.retention().audit()).isEqualTo(Duration.ofDays(3));
        assertThat(settings.storage())
                .isEqualTo(new WindrowSettings.Storage(DataSize.ofMegabytes(5), DataSize.ofMegabytes(7)));
        assertThat(settings.artifacts().bucket())
                .contains(new S3Place("exports", "windrow/", URI.create("https://s3.example"), "eu-central-1", false));
        assertThat(settings.artifacts().serve()).isEqualTo(ArtifactSettings.Serve.REDIRECT);
        assertThat(settings.artifacts().segment()).isEqualTo(DataSize.ofMegabytes(16));
        Limits limits = new Limits(new Allowance(600, 50, 5_000_000_000L, 7L << 30), 100);
        assertThat(settings.limits().limits(false)).isEqualTo(limits);
        assertThat(settings.limits().limits(true)).isEqualTo(limits);
        assertThat(settings.fair().weights()).containsExactly(Map.entry("ann", 3));
        WebhookSettings told = settings.told();
        assertThat(told.subscriptions())
                .containsExactly(Map.entry(
                        "billing", new Addressing.Subscription(Set.of("export.cancelled", "delivery.failed"), true)));
        assertThat(told.carried().get("billing").url().host()).isEqualTo("billing.example");
        assertThat(told.carried().get("billing").secrets()).hasSize(1);
        assertThat(told.hosts().refusal("https://one.shop.example/", Map.of())).isEmpty();
        assertThat(settings.security().mode())
                .containsExactly(SecuritySettings.Mode.API_KEYS, SecuritySettings.Mode.JWT);
        assertThat(settings.security().keysFile()).isEqualTo(Path.of("/etc/keys.yaml"));
        assertThat(settings.security().tokenKeys()).containsExactly(NEW_SECRET);
        assertThat(settings.security().jwt().issuers().get(0).name()).isEqualTo("idp");
        assertThat(settings.security().apiKeys().get(0).fields())
                .isEqualTo(Map.of(
                        "name",
                        "shop",
                        "not-before",
                        "2026-01-01",
                        "claims",
                        Map.of("shops", Map.of("0", "7")),
                        "limits",
                        Map.of("active", "2")));
        assertThat(settings.links().secret()).containsExactly(NEW_SECRET, OLD_SECRET);
        assertThat(settings.page().url()).isEqualTo("https://example.com/exports/");
        assertThat(settings.page().hosts()).containsExactly("exports.example", "10.0.0.5");
        assertThat(settings.page().reachedBy().names()).containsExactly("exports.example", "10.0.0.5", "example.com");
        assertThat(settings.page().names())
                .isEqualTo(new PageNames("Exports of the shop", "https://shop.example/", "Back to the shop"));
        assertThat(settings.page().logo()).isEqualTo(Path.of("/etc/shop.svg"));
        assertThat(settings.page().css()).isEqualTo(Path.of("/etc/shop.css"));
        assertThat(settings.page().frameAncestors()).containsExactly("https://portal.example");
        assertThat(settings.page().origins()).containsExactly("https://shop.example", "http://localhost:3000");
        assertThat(settings.mail().server())
                .contains(new MailServer(
                        "smtp.example",
                        587,
                        new MailServer.Login("exports", "secret"),
                        "smtps",
                        Map.of("mail.smtps.timeout", "500")));
        assertThat(settings.mail().from()).isEqualTo("Exports <exports@example.com>");
        assertThat(settings.mail().domains()).containsExactly("example.com");
        assertThat(settings.mail().links()).isEqualTo(MailSettings.Links.SIGNED);
        assertThat(settings.deliveries().get("finance").overwrite()).isTrue();
    }

    @Test
    void hasNoOtherKeys() {
        assertThat(keys("windrow", WindrowSettings.class))
                .containsExactlyInAnyOrderElementsOf(EXPLICIT.keySet().stream()
                        .map(key -> key.replace("weights.ann", "weights"))
                        .map(key -> key.replaceAll("webhooks\\..*", "webhooks"))
                        .map(key -> key.replaceAll("\\[.*", ""))
                        .map(key -> key.replaceAll("(mail\\.properties|deliveries)\\..*", "$1"))
                        .distinct()
                        .toList());
    }

    @Test
    void isListedInTheHelpOfServe() {
        String help = new CommandLine(new ServeCommand()).getUsageMessage(CommandLine.Help.Ansi.OFF);

        for (String key : keys("windrow", WindrowSettings.class)) {
            String last = key.substring(key.lastIndexOf('.'));
            assertThat(help.lines())
                    .as(key)
                    .anyMatch(line -> (line + " ").replace(",", " ").contains(" " + key + " ")
                            || (line.contains("windrow.database.url ")
                                    && key.startsWith("windrow.database")
                                    && line.contains(last)));
        }
        assertThat(help)
                .contains("server.address, server.port")
                .contains("windrow-data")
                .contains("PT1S")
                .contains("P7D");
        assertThat(help.lines().filter(line -> line.startsWith("  windrow."))).hasSizeGreaterThanOrEqualTo(9);
    }

    @Test
    void keepsSecretsOutOfItsText() {
        assertThat(bind(EXPLICIT).toString()).doesNotContain("secret").doesNotContain("db/windrow");
    }

    @ParameterizedTest
    @CsvSource({
        "windrow.limits.starts-per-minute,0",
        "windrow.limits.starts-per-minute,-1",
        "windrow.limits.starts-per-minute,1000001",
        "windrow.limits.active-per-caller,0",
        "windrow.limits.queued,0",
        "windrow.limits.rows-per-day,-5",
        "windrow.limits.bytes-per-day,0B",
        "windrow.limits.bytes-per-day,-1GB",
        "windrow.fair.weights.ann,0",
        "windrow.fair.weights.ann,1001",
        "windrow.fair.weights.ann,half",
        "windrow.webhooks.billing.url,ftp://billing.example/",
        "windrow.webhooks.billing.url,https://ann:secret@billing.example/",
        "windrow.webhooks.billing.secret,whsec_short",
        "windrow.webhooks.billing.events,export.started",
        "windrow.webhooks.billing.exports,some",
        "windrow.webhooks.allow,https://hooks.example.com/",
        "windrow.webhooks.inside,no host",
        "windrow.worker.concurrency,0",
        "windrow.database.pool,3",
        "windrow.database.pool,201",
        "windrow.worker.concurrency,65",
        "windrow.worker.concurrency,two",
        "windrow.worker.compression-level,-1",
        "windrow.worker.compression-level,10",
        "windrow.worker.checkpoint-interval,soon",
        "windrow.retention.artifacts,PT0S",
        "windrow.retention.artifacts,-P1D",
        "windrow.retention.artifacts,never",
        "windrow.retention.audit,PT0S",
        "windrow.role,boss",
        "windrow.links.secret,' '",
        "windrow.links.secret,'a,b,c'",
        "windrow.links.secret,a",
        "windrow.links.secret,0123456789012345678901234567890",
        "windrow.links.secret,'01234567890123456789012345678901,old'",
        "windrow.page.url,shop.example",
        "windrow.page.url,//shop.example/exports",
        "windrow.page.url,ftp://shop.example",
        "windrow.page.url,https://",
        "windrow.page.url,https:/exports",
        "windrow.page.url,https://me@shop.example",
        "windrow.page.url,https://me:secret@shop.example/exports",
        "windrow.page.url,https://shop.example/?a=b",
        "windrow.page.url,https://shop.example/?",
        "windrow.page.url,https://shop.example/#top",
        "windrow.page.url,https://shop.example/exports/../x",
        "windrow.page.url,https://shop.example:port",
        "windrow.page.url,https://shöp.example",
        "windrow.page.url,'https://shop.example/a b'",
        "windrow.page.hosts,*",
        "windrow.page.hosts,*.example",
        "windrow.page.hosts,exports.example:8080",
        "windrow.page.hosts,https://exports.example",
        "windrow.page.hosts,exports.example/",
        "windrow.page.hosts,me@exports.example",
        "windrow.page.origins,*",
        "windrow.page.origins,null",
        "windrow.page.origins,shop.example",
        "windrow.page.origins,https://shop.example/",
        "windrow.page.origins,https://Shop.example",
        "windrow.page.title,'two\nlines'",
        "windrow.page.title,0123456789012345678901234567890123456789012345678901234567890",
        "windrow.page.back.url,https://shop.example/",
        "windrow.page.back.text,Back",
        "windrow.page.frame-ancestors,*",
        "windrow.page.frame-ancestors,https://portal.example/",
        "windrow.page.frame-ancestors,https://portal.example; script-src *",
        "windrow.security.mode,open"
    })
    void refusesValuesThatDoNotFit(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of(key, value))).isInstanceOf(BindException.class);
    }

    private static WindrowSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("windrow", WindrowSettings.class);
    }

    /** As the records have them. */
    private static List<String> keys(String prefix, Class<?> type) {
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                keys.addAll(keys(key, component.getType()));
            } else {
                keys.add(key);
            }
        }
        return keys;
    }
}
