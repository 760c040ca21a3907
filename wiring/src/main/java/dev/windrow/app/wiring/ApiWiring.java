package dev.windrow.app.wiring;

import dev.windrow.api.ApiConfiguration;
import dev.windrow.api.access.AbsentCallers;
import dev.windrow.api.access.PageHosts;
import dev.windrow.api.access.PublicAddress;
import dev.windrow.api.access.jwt.Issuer;
import dev.windrow.api.access.key.ApiKeys;
import dev.windrow.api.access.key.KeyHolders;
import dev.windrow.api.access.token.MintingKeys;
import dev.windrow.api.access.token.TokenKeys;
import dev.windrow.api.access.token.TokenNames;
import dev.windrow.api.access.token.TokenRights;
import dev.windrow.api.archive.DownloadLog;
import dev.windrow.api.limit.Limits;
import dev.windrow.api.link.LinkKeys;
import dev.windrow.api.page.PageTheme;
import dev.windrow.api.schedule.ScheduleSettings;
import dev.windrow.api.start.ArchiveSizes;
import dev.windrow.api.token.TokenConfiguration;
import dev.windrow.api.trail.Trail;
import dev.windrow.app.estimate.EncodedSizes;
import dev.windrow.app.home.Home;
import dev.windrow.app.home.LinkSecret;
import dev.windrow.app.home.Secrets;
import dev.windrow.app.keys.KeptCallers;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.app.signals.OperatorView;
import dev.windrow.app.signals.SourceLog;
import dev.windrow.app.signals.TableMeters;
import dev.windrow.common.artifact.Storage;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.export.jdbc.JdbcQuotas;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.outbox.jdbc.JdbcDeliveries;
import dev.windrow.common.preset.Presets;
import dev.windrow.common.quota.Quotas;
import dev.windrow.common.schedule.ScheduleRuns;
import dev.windrow.common.schedule.Schedules;
import dev.windrow.common.statistics.ExportStatistics;
import dev.windrow.common.statistics.Operations;
import dev.windrow.common.statistics.jdbc.JdbcExportStatistics;
import dev.windrow.worker.queue.Bell;
import dev.windrow.worker.queue.RingStore;
import dev.windrow.worker.queue.Worker;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The API, in the roles that serve it; and the bell, which every role rings. */
@Configuration(proxyBeanMethods = false)
public class ApiWiring {
    /** The pause between two looks for schedules that are due, of each process: their times are whole seconds. */
    private static final Duration SCHEDULES = Duration.ofSeconds(1);

    /** A worker in this process is woken at once; one in another finds the ring by itself. */
    @Bean
    Bell exportQueue(RingStore rings, ObjectProvider<Worker> worker) {
        return new Bell(rings, () -> worker.ifAvailable(Worker::wake));
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnRole.Api.class)
    @Import(ApiConfiguration.class)
    static class Served {
        @Bean
        PublicAddress publicAddress(WindrowSettings settings, PageHosts hosts) {
            return new PublicAddress(settings.page().url(), hosts);
        }

        @Bean
        PageTheme pageTheme(WindrowSettings settings) {
            WindrowSettings.Page page = settings.page();
            try {
                return new PageTheme(page.names(), page.logo(), page.css(), page.frameAncestors());
            } catch (IllegalArgumentException | UncheckedIOException e) {
                throw new RefusedStartException(String.valueOf(e.getMessage()), e);
            }
        }

        @Bean
        Limits limits(WindrowSettings settings) {
            return settings.limits().limits(!settings.security().isOpen());
        }

        @Bean
        Quotas quotas(StatusDatabase status) {
            return new JdbcQuotas(status.forRequests());
        }

        @Bean
        LinkKeys linkKeys(WindrowSettings settings, Home home, Secrets kept) {
            return LinkSecret.keys(settings.links().secret(), home, kept);
        }

        @Bean
        Schedules schedules(StatusDatabase status) {
            return Databases.schedules(status.forRequests());
        }

        @Bean
        ScheduleRuns scheduleRuns(StatusDatabase status) {
            return Databases.scheduleRuns(status.forRequests());
        }

        @Bean
        ArchiveSizes archiveSizes(WindrowSettings settings) {
            return new EncodedSizes(settings.worker().compressionLevel());
        }

        @Bean
        Presets presets(StatusDatabase status) {
            return Databases.presets(status.forRequests());
        }

        /** An archive lives on until the record of its export goes. */
        @Bean
        ScheduleSettings scheduleSettings(WindrowSettings settings) {
            return new ScheduleSettings(settings.retention().records(), SCHEDULES);
        }

        @Bean
        AbsentCallers absentCallers(WindrowSettings settings, ObjectProvider<ApiKeys> keys, Clock clock) {
            ApiKeys known = keys.getIfAvailable();
            return new KeptCallers(
                    settings.security().isOpen(),
                    settings.security().isOfApplication(),
                    known == null ? null : new KeyHolders(known, clock),
                    settings.security().jwt().issuers().stream()
                            .map(Issuer::name)
                            .collect(Collectors.toSet()),
                    clock);
        }

        /** Where there are keys, their holders may make tokens. */
        @Configuration(proxyBeanMethods = false)
        @Conditional(OnMode.ApiKeys.class)
        @Import(TokenConfiguration.class)
        static class Tokens {
            @Bean
            TokenKeys tokenKeys(WindrowSettings settings, Home home, Secrets kept) {
                List<String> secrets = settings.security().tokenKeys();
                try {
                    return new TokenKeys(secrets.isEmpty() ? List.of(kept.of(home.tokenSecret())) : secrets);
                } catch (IOException e) {
                    throw new RefusedStartException(
                            home.tokenSecret() + ", which signs tokens, can't be made or read: " + e.getMessage()
                                    + "; fix its permissions, remove it, or set windrow.security.token-keys",
                            e);
                }
            }

            @Bean
            MintingKeys mintingKeys(ApiKeys keys, Clock clock) {
                return new KeyHolders(keys, clock);
            }

            @Bean
            TokenNames tokenNames(MintingKeys keys, WindrowSettings settings) {
                return new TokenNames(
                        keys,
                        settings.security().jwt().issuers().stream()
                                .map(Issuer::name)
                                .collect(Collectors.toSet()));
            }

            @Bean
            TokenRights tokenRights(Limits limits) {
                return new TokenRights(limits.each());
            }
        }

        @Bean
        MeterBinder downloadMeters(DownloadLog downloads) {
            return meters -> {
                count(meters, "windrow.downloads", "whole", downloads, DownloadLog::whole);
                count(meters, "windrow.downloads", "cut", downloads, DownloadLog::cut);
                FunctionCounter.builder("windrow.downloads.bytes", downloads, DownloadLog::bytes)
                        .description("Bytes of archives that were sent")
                        .register(meters);
            };
        }

        @Bean
        ExportStatistics exportStatistics(StatusDatabase status) {
            return new JdbcExportStatistics(status::reading);
        }

        @Bean
        TableMeters tableMeters(ExportStatistics table, Catalog catalog, Clock clock) {
            return new TableMeters(table, catalog, clock);
        }

        @Bean
        OperatorView.Table operatorTable(ExportStatistics exports, RingStore rings, StatusDatabase status) {
            // Not those that callers wait for: it may take its time.
            return new OperatorView.Table(
                    exports, rings, new JdbcDeliveries(JdbcClient.create(status.migrationSource()), status::reading));
        }

        @Bean
        Operations operations(
                OperatorView.Table table,
                TableMeters meters,
                Storage storage,
                Catalog catalog,
                SourceLog sources,
                Clock clock) {
            return new OperatorView(table, meters, storage, catalog, sources, clock);
        }

        @Bean
        MeterBinder auditMeters(Trail trail) {
            return meters -> FunctionCounter.builder("windrow.audit.lost", trail, Trail::lost)
                    .description("Rows of the audit that could not be written")
                    .register(meters);
        }

        private static void count(
                MeterRegistry meters,
                String name,
                String outcome,
                DownloadLog downloads,
                ToDoubleFunction<DownloadLog> value) {
            FunctionCounter.builder(name, downloads, value)
                    .tag("outcome", outcome)
                    .description("Downloads of archives, of parts and of single files")
                    .register(meters);
        }
    }
}
