package dev.windrow.app.wiring;

import dev.windrow.api.access.gate.AccessConfiguration;
import dev.windrow.api.access.gate.Entrance;
import dev.windrow.api.access.jwt.JwtReader;
import dev.windrow.api.access.key.ApiKeys;
import dev.windrow.app.keys.KeyNotices;
import dev.windrow.app.keys.KeyRounds;
import dev.windrow.app.keys.KeySources;
import dev.windrow.app.keys.KnownGroups;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.SecuritySettings;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.catalog.Catalog;
import java.time.Clock;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Who is let in, in every role: health and metrics are served by all of them. */
@Configuration(proxyBeanMethods = false)
@Import(AccessConfiguration.class)
public class AccessWiring {
    @Bean
    Entrance entrance(WindrowSettings settings) {
        return settings.security().isOpen() ? Entrance.OPEN : Entrance.BY_CREDENTIALS;
    }

    /** Where callers show tokens of issuers. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnMode.Jwt.class)
    static class ByIssuer {
        @Bean
        JwtReader jwtReader(WindrowSettings settings, Clock clock) {
            try {
                return new JwtReader(settings.security().jwt().issuers(), clock);
            } catch (IllegalArgumentException e) {
                throw new RefusedStartException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** Where callers show API keys. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnMode.ApiKeys.class)
    static class ByKey {
        @Bean
        ApiKeys apiKeys(Clock clock) {
            return new ApiKeys(clock);
        }

        @Bean
        KnownGroups knownGroups(Catalog catalog) {
            return () -> catalog.datasets().stream()
                    .flatMap(dataset -> dataset.guard().roles().stream())
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Bean
        KeySources keySources(ApiKeys keys, WindrowSettings settings, KnownGroups groups) {
            SecuritySettings security = settings.security();
            return new KeySources(
                    keys,
                    security.apiKeys().stream()
                            .map(SecuritySettings.Key::fields)
                            .toList(),
                    security.keysFile(),
                    groups);
        }

        @Bean
        KeyNotices keyNotices(ApiKeys keys, Clock clock, KeySources filled) {
            return new KeyNotices(keys, clock);
        }

        @Bean
        KeyRounds keyRounds(KeySources sources, KeyNotices notices) {
            return new KeyRounds(sources, notices);
        }
    }
}
