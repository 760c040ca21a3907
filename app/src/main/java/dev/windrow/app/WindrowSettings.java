package dev.windrow.app;

import dev.windrow.api.access.PageHosts;
import dev.windrow.api.access.PageOrigins;
import dev.windrow.api.access.PublicAddress;
import dev.windrow.api.download.LinkKeys;
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
 * Every setting of ours, under {@code windrow.}; {@code serve --help} lists them with their defaults. A key that is not here stops the
 * start, as does a value that does not fit, and a variable of the environment that is none of them ({@link SettingVariables}).
 *
 * @param home the folder of everything that Windrow keeps
 * @param catalog a YAML file or a folder of them; null for the demo's
 */
@ConfigurationProperties(prefix = "windrow", ignoreUnknownFields = false)
record WindrowSettings(
        @DefaultValue("windrow-data") Path home,
        @Nullable Path catalog,
        @DefaultValue("all") Role role,
        @DefaultValue Database database,
        @DefaultValue Worker worker,
        @DefaultValue Retention retention,
        @DefaultValue Security security,
        @DefaultValue Storage storage,
        @DefaultValue Limits limits,
        @DefaultValue Links links,
        @DefaultValue Page page) {
    /**
     * How much a caller may do. Nothing holds to them in this version, which has one caller: they are taken so that settings made for a
     * later one do not stop the start, and a start says that they have no effect.
     */
    record Limits(
            @Nullable Integer startsPerMinute,
            @Nullable Integer activePerCaller,
            @Nullable Integer queued) {
        boolean isSet() {
            return startsPerMinute != null || activePerCaller != null || queued != null;
        }
    }

    /** @param secret what signs download links, and what signed them before; empty for one that is made once and kept in the home */
    record Links(@DefaultValue List<String> secret) {
        Links {
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
    record Page(
            @DefaultValue List<String> hosts,
            @DefaultValue List<String> origins,
            @Nullable String url) {
        Page {
            hosts = new PageHosts(hosts).names();
            origins = new PageOrigins(origins).origins();
            var unused = new PublicAddress(url, new PageHosts(List.of()));
        }

        /** The names that are set, and that of the address that links have. */
        PageHosts reachedBy() {
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
    enum Role {
        ALL,
        API,
        WORKER;

        boolean servesApi() {
            return this != WORKER;
        }

        boolean works() {
            return this != API;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where the status table and the queue are; without a url, in SQLite files in the home. */
    record Database(
            @Nullable String url,
            @Nullable String username,
            @Nullable String password) {
        Database {
            url = url == null ? null : JdbcUrl.withPlainScheme(url);
        }

        boolean isEmbedded() {
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
    record Worker(
            @Nullable Integer concurrency,
            @DefaultValue("4") int compressionLevel,
            @DefaultValue("PT1S") Duration checkpointInterval) {
        Worker {
            within("windrow.worker.concurrency", concurrency == null ? 1 : concurrency, 1, 64);
            within("windrow.worker.compression-level", compressionLevel, 0, 9);
        }

        int exportsAtOnce() {
            return concurrency == null ? Runtime.getRuntime().availableProcessors() : concurrency;
        }
    }

    /** How long things are kept, from the end of the export. */
    record Retention(
            @DefaultValue("P7D") Duration artifacts,
            @DefaultValue("P90D") Duration records) {
        Retention {
            positive("windrow.retention.artifacts", artifacts, "P7D");
            positive("windrow.retention.records", records, "P90D");
        }

        private static void positive(String key, Duration value, String example) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(key + " is " + value + "; say a time such as " + example);
            }
        }
    }

    /** Who may call. */
    record Security(@DefaultValue("none") Mode mode) {
        /** The ways of telling callers apart; those that are not in this version are refused when the settings are read. */
        enum Mode {
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
    record Storage(@Nullable DataSize reserve, @Nullable DataSize budget) {
        Storage {
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
