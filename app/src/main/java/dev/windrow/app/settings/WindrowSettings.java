package dev.windrow.app.settings;

import dev.windrow.api.access.PageHosts;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.api.access.PublicAddress;
import dev.windrow.api.link.LinkKeys;
import dev.windrow.common.source.jdbc.mask.MaskKey;
import dev.windrow.common.url.JdbcUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
 * @param catalog a YAML file or a folder of them; null for the demo's
 */
@ConfigurationProperties(prefix = "windrow", ignoreUnknownFields = false)
public record WindrowSettings(
        @DefaultValue("windrow-data") @SettingText("everything that Windrow keeps")
        Path home,

        @SettingText(value = "the catalog: a YAML file or a folder of them", otherwise = "the demo's") @Nullable Path catalog,

        @DefaultValue("all") @SettingText("all, api or worker")
        Role role,

        @DefaultValue Database database,
        @DefaultValue Worker worker,
        @DefaultValue Retention retention,
        @DefaultValue Security security,
        @DefaultValue Storage storage,
        @DefaultValue Limits limits,
        @DefaultValue Links links,
        @DefaultValue Page page) {
    /**
     * How much a caller may do. Nothing holds to them in this version, which has one caller: they are taken so that
     * settings made for a later one do not stop the start, and a start says that they have no effect.
     */
    public record Limits(
            @SettingText(value = NO_EFFECT, otherwise = "none") @Nullable Integer startsPerMinute,

            @SettingText(value = NO_EFFECT, otherwise = "none") @Nullable Integer activePerCaller,

            @SettingText(value = NO_EFFECT, otherwise = "none") @Nullable Integer queued) {
        private static final String NO_EFFECT = "taken, and without effect in this version";

        public boolean isSet() {
            return startsPerMinute != null || activePerCaller != null || queued != null;
        }
    }

    /**
     * @param secret what signs download links, and what signed them before; empty for one that is made once and kept in
     * the home
     */
    public record Links(
            @DefaultValue
            @SettingText(value = "signs download links: SECRET, or NEW,OLD to change it", otherwise = "kept in home")
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

    /**
     * @param hosts names that Windrow is reached by, beside the loopback
     * @param origins other sites whose pages may show the button; none where it is not set
     * @param url the address of Windrow in what is sent to people; null for that of the request
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
            @Nullable String url) {
        public Page {
            hosts = new PageHosts(hosts).names();
            origins = new PageOrigins(origins).origins();
            var unused = new PublicAddress(url, new PageHosts(List.of()));
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

    /** Where the status table and the queue are; without a url, in SQLite files in the home. */
    public record Database(
            @SettingText(
                    value = "the status table and the queue: jdbc:postgresql://… or jdbc:sqlite:…",
                    otherwise = "in the home")
            @Nullable String url,

            @SettingText(value = "the user of windrow.database.url", otherwise = "none") @Nullable String username,

            @SettingText(value = "the password of that user", otherwise = "none") @Nullable String password) {
        public Database {
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
            Duration records) {
        public Retention {
            positive("windrow.retention.artifacts", artifacts, "P7D");
            positive("windrow.retention.records", records, "P90D");
        }

        private static void positive(String key, Duration value, String example) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(key + " is " + value + "; say a time such as " + example);
            }
        }
    }

    /**
     * Who may call, and what keeps values from them.
     *
     * @param maskKey what masked values are hashed with; null for one that is made once and kept in the home
     */
    public record Security(
            @DefaultValue("none") @SettingText("none: the caller is local, on a loopback address only")
            Mode mode,

            @SettingText(value = "hashes masked values: SECRET, the same on all machines", otherwise = "kept in home")
            @Nullable String maskKey) {
        public Security {
            if (maskKey != null) {
                var unused = MaskKey.of(maskKey);
            }
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return mode + (maskKey == null ? "" : ", mask-key set");
        }

        /**
         * The ways of telling callers apart; those that are not in this version are refused when the settings are read.
         */
        public enum Mode {
            NONE;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
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
