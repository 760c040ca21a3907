package dev.windrow.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Every setting of ours, under {@code windrow.}; {@code serve --help} lists them with their defaults. A key that is not here stops the
 * start, as does a value that does not fit.
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
        @DefaultValue Security security) {
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
    record Retention(@DefaultValue("P7D") Duration artifacts) {
        Retention {
            if (artifacts.isNegative() || artifacts.isZero()) {
                throw new IllegalArgumentException(
                        "windrow.retention.artifacts is " + artifacts + "; say a time such as P7D");
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

    private static void within(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " is " + value + "; say a number from " + least + " to " + most);
        }
    }
}
