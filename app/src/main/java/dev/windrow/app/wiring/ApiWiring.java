package dev.windrow.app.wiring;

import dev.windrow.api.ApiConfiguration;
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
import dev.windrow.api.token.TokenConfiguration;
import dev.windrow.api.trail.Trail;
import dev.windrow.app.home.Home;
import dev.windrow.app.home.KeptSecret;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.export.jdbc.JdbcQuotas;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.common.quota.Quotas;
import dev.windrow.worker.queue.Bell;
import dev.windrow.worker.queue.RingStore;
import dev.windrow.worker.queue.Worker;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The API, in the roles that serve it; and the bell, which every role rings. */
@Configuration(proxyBeanMethods = false)
public class ApiWiring {
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
        Limits limits(WindrowSettings settings) {
            return settings.limits().limits(!settings.security().isOpen());
        }

        @Bean
        Quotas quotas(StatusDatabase status) {
            return new JdbcQuotas(status);
        }

        @Bean
        LinkKeys linkKeys(WindrowSettings settings, Home home) {
            List<String> secrets = settings.links().secret();
            try {
                return new LinkKeys(secrets.isEmpty() ? List.of(KeptSecret.of(home.linkSecret())) : secrets);
            } catch (IOException e) {
                throw new RefusedStartException(
                        home.linkSecret() + ", which signs download links, can't be made or read: " + e.getMessage()
                                + "; fix its permissions, remove it, or set windrow.links.secret",
                        e);
            }
        }

        /** Where there are keys, their holders may make tokens. */
        @Configuration(proxyBeanMethods = false)
        @Conditional(OnMode.ApiKeys.class)
        @Import(TokenConfiguration.class)
        static class Tokens {
            @Bean
            TokenKeys tokenKeys(WindrowSettings settings, Home home) {
                List<String> secrets = settings.security().tokenKeys();
                try {
                    return new TokenKeys(secrets.isEmpty() ? List.of(KeptSecret.of(home.tokenSecret())) : secrets);
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
