package dev.windrow.app.settings;

import dev.windrow.api.access.PageHosts;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.api.access.PublicAddress;
import dev.windrow.api.link.LinkKeys;
import dev.windrow.api.page.PageNames;
import dev.windrow.common.url.JdbcUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Every setting of ours, under {@code windrow.}; {@link Setting} lists them for {@code serve --help},
 * docs/operations.md and {@link SettingVariables}. A key that is not here stops the start, as does a value that does
 * not fit, and a variable of the environment that is not one of them ({@link SettingVariables}).
 *
 * @param home the folder of everything that Windrow keeps
 * @param catalog a YAML file or a folder of them; null where none is named, which no server takes
 * @param drivers a folder with the jars of JDBC drivers; null for the home's
 */
@ConfigurationProperties(prefix = "windrow", ignoreUnknownFields = false)
public record WindrowSettings(
        @DefaultValue("windrow-data") @SettingText("everything that Windrow keeps")
        Path home,

        @SettingText(value = "the catalog, which a server needs: a YAML file or a folder of them", otherwise = "none")
        @Nullable Path catalog,

        @SettingText(value = "a folder with the jars of other JDBC drivers", otherwise = "drivers/ in the home")
        @Nullable Path drivers,

        @DefaultValue("all") @SettingText("all, api or worker")
        Role role,

        @DefaultValue Database database,
        @DefaultValue Worker worker,
        @DefaultValue Retention retention,
        @DefaultValue SecuritySettings security,
        @DefaultValue Storage storage,
        @DefaultValue ArtifactSettings artifacts,
        @DefaultValue LimitSettings limits,
        @DefaultValue FairSettings fair,
        @DefaultValue Links links,
        @DefaultValue Mcp mcp,

        @DefaultValue
        @SettingText(
                value =
                        "who may be told by webhooks: windrow.webhooks.NAME.url, .secret, .events, .exports; .allow, .inside",
                otherwise = "nobody")
        Map<String, WebhookSettings.Entry> webhooks,

        @DefaultValue Page page,
        @DefaultValue MailSettings mail,

        @DefaultValue
        @SettingText(
                value = "places that archives are copied to: windrow.deliveries.NAME.url=…, …; see operations.md",
                otherwise = "none")
        Map<String, DeliverySettings> deliveries) {
    public WindrowSettings {
        webhooks = Map.copyOf(webhooks);
        var unused = WebhookSettings.of(webhooks);
        deliveries = Map.copyOf(deliveries);
        deliveries.forEach((name, delivery) -> delivery.require(name));
        if (mail.server().isPresent() && (page.url() == null || page.url().isBlank())) {
            throw new IllegalArgumentException(
                    "windrow.mail.host is set, but not windrow.page.url: say by which address"
                            + " people reach Windrow, for the links in mails");
        }
    }

    /** The webhooks, as they are read. */
    public WebhookSettings told() {
        return WebhookSettings.of(webhooks);
    }

    /**
     * @param secret what signs download links, and what signed them before; empty for one that is made once and kept in
     * the home
     */
    public record Links(
            @DefaultValue
            @SettingText(value = "signs download links: SECRET, or NEW,OLD to change it", otherwise = "made and kept")
            List<String> secret) {
        public Links {
            secret = List.copyOf(secret);
            if (!secret.isEmpty()) {
                var unused = new LinkKeys(secret);
            }
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return secret.isEmpty() ? "not set" : "set";
        }
    }

    /** @param enabled whether agents find the tools at {@code /mcp}; read by the API's own condition */
    public record Mcp(
            @DefaultValue("true") @SettingText("true, false: whether agents may export by MCP, at /mcp")
            boolean enabled) {}

    /**
     * @param hosts names that Windrow is reached by, beside the loopback
     * @param origins other sites whose pages may show the button; none where it is not set
     * @param url the address of Windrow in what is sent to people; null for that of the request
     * @param title what the exports page is called; null for Windrow
     * @param logo an SVG or PNG file beside the title; null for ours
     * @param css a file that the page loads after its own styles; null for none
     * @param frameAncestors other sites that may show the page in a frame; none where it is not set
     */
    public record Page(
            @DefaultValue
            @SettingText(value = "names that Windrow is reached by: exports.example,…", otherwise = "loopback")
            List<String> hosts,

            @DefaultValue
            @SettingText(
                    value = "other sites whose pages may show the button: https://shop.example,…",
                    otherwise = "none")
            List<String> origins,

            @SettingText(value = "Windrow's address in links: https://example.com/exports", otherwise = "as asked")
            @Nullable String url,

            @SettingText(value = "what the exports page is called", otherwise = "Windrow") @Nullable String title,

            @SettingText(value = "the page's logo, a file .svg or .png", otherwise = "Windrow's") @Nullable Path logo,

            @SettingText(value = "a file of CSS that the page loads after its own", otherwise = "none") @Nullable Path css,

            @DefaultValue Back back,

            @DefaultValue
            @SettingText(
                    value = "other sites that may show the page in a frame: https://portal.example,…",
                    otherwise = "none")
            List<String> frameAncestors) {
        /**
         * The way from the page back to where people come from.
         *
         * @param url null for no such link
         * @param text what the link says; null for no such link
         */
        public record Back(
                @SettingText(
                        value = "where a link at the page's top leads: https://example.com/",
                        otherwise = "no link")
                @Nullable String url,

                @SettingText(value = "what that link says", otherwise = "no link") @Nullable String text) {}

        public Page {
            hosts = new PageHosts(hosts).names();
            origins = new PageOrigins(origins).origins();
            frameAncestors = PageOrigins.checked("windrow.page.frame-ancestors", frameAncestors);
            var unused = new PublicAddress(url, new PageHosts(List.of()));
            var unusedNames = new PageNames(title, back.url(), back.text());
        }

        /** What the exports page is called. */
        public PageNames names() {
            return new PageNames(title, back.url(), back.text());
        }

        /** The names that are set, and that of the address that links have. */
        public PageHosts reachedBy() {
            String named = url == null || url.isBlank()
                    ? null
                    : URI.create(url.strip()).getHost();
            return new PageHosts(
                    named == null
                            ? hosts
                            : Stream.concat(hosts.stream(), Stream.of(named)).toList());
        }
    }

    /** Which part of Windrow a process plays. */
    public enum Role {
        ALL,
        API,
        WORKER;

        public boolean servesApi() {
            return this != WORKER;
        }

        public boolean works() {
            return this != API;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One that listens, one that JobRunr has, and two for whoever waits. */
    private static final int LEAST_POOL = 4;

    private static final int MOST_POOL = 200;

    /** Where the status table and the queue are; without a url, in SQLite files in the home. */
    public record Database(
            @SettingText(
                    value = "the status table and the queue: jdbc:postgresql://… or jdbc:sqlite:…",
                    otherwise = "in the home")
            @Nullable String url,

            @SettingText(value = "the user of windrow.database.url", otherwise = "none") @Nullable String username,

            @SettingText(value = "the password of that user", otherwise = "none") @Nullable String password,

            @DefaultValue("8") @SettingText("the most connections to it, where it is PostgreSQL")
            int pool) {
        public Database {
            within("windrow.database.pool", pool, LEAST_POOL, MOST_POOL);
            url = url == null ? null : JdbcUrl.withPlainScheme(url);
        }

        public boolean isEmbedded() {
            return url == null || url.startsWith("jdbc:sqlite:");
        }

        /** Without the url and the password, which may hold secrets. */
        @Override
        public String toString() {
            return isEmbedded() ? "SQLite" : "a database server";
        }
    }

    /**
     * @param concurrency exports at once in this process; null for as many as there are cores
     * @param compressionLevel 0 to 9
     * @param checkpointInterval the least time between two checkpoints of one run
     */
    public record Worker(
            @SettingText(value = "exports at once in this process", otherwise = "the cores") @Nullable Integer concurrency,

            @DefaultValue("4") @SettingText("0 to 9") int compressionLevel,

            @DefaultValue("PT1S") @SettingText("the least time between two checkpoints of an export")
            Duration checkpointInterval) {
        public Worker {
            within("windrow.worker.concurrency", concurrency == null ? 1 : concurrency, 1, 64);
            within("windrow.worker.compression-level", compressionLevel, 0, 9);
        }

        public int exportsAtOnce() {
            return concurrency == null ? Runtime.getRuntime().availableProcessors() : concurrency;
        }
    }

    /** How long things are kept, from the end of the export. */
    public record Retention(
            @DefaultValue("P7D") @SettingText("how long an archive is kept, from the end of its export")
            Duration artifacts,

            @DefaultValue("P90D") @SettingText("when an export is forgotten, from its end; its archive goes with it")
            Duration records,

            @DefaultValue("P400D") @SettingText("how long a row of the audit is kept")
            Duration audit) {
        public Retention {
            positive("windrow.retention.artifacts", artifacts, "P7D");
            positive("windrow.retention.records", records, "P90D");
            positive("windrow.retention.audit", audit, "P400D");
        }

        private static void positive(String key, Duration value, String example) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(key + " is " + value + "; say a time such as " + example);
            }
        }
    }

    /**
     * How much disk may be used.
     *
     * @param reserve free disk that is never taken; null for 1 GB, or a tenth of a disk of less than ten
     * @param budget most that work and artifacts may hold; null for as much as there is
     */
    public record Storage(
            @SettingText(value = "free disk that is never taken; a tenth of a small disk", otherwise = "1GB") @Nullable DataSize reserve,

            @SettingText(value = "most that work and archives may hold", otherwise = "none") @Nullable DataSize budget) {
        public Storage {
            notNegative("windrow.storage.reserve", reserve);
            notNegative("windrow.storage.budget", budget);
        }

        private static void notNegative(String key, @Nullable DataSize size) {
            if (size != null && size.isNegative()) {
                throw new IllegalArgumentException(key + " is " + size + "; say a size such as 1GB, or 0");
            }
        }
    }

    private static void within(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " is " + value + "; say a number from " + least + " to " + most);
        }
    }
}
