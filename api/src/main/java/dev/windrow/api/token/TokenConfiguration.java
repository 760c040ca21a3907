package dev.windrow.api.token;

import dev.windrow.api.access.Datasets;
import dev.windrow.api.access.token.MintingKeys;
import dev.windrow.api.access.token.TokenKeys;
import dev.windrow.api.access.token.TokenMint;
import dev.windrow.api.access.token.TokenNames;
import dev.windrow.api.access.token.TokenReader;
import dev.windrow.api.access.token.TokenRights;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.trail.Trail;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Making tokens, and reading them. The composition root provides {@link TokenKeys}, {@link MintingKeys},
 * {@link TokenNames} and {@link TokenRights}.
 */
@Configuration(proxyBeanMethods = false)
public final class TokenConfiguration {
    @Bean
    TokenMint tokenMint(TokenKeys keys, Clock clock) {
        return new TokenMint(keys, clock);
    }

    /** Before the reader of issuers' tokens, whose shape these have, too. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    TokenReader tokenReader(TokenKeys secrets, MintingKeys keys, TokenNames names, TokenRights rights, Clock clock) {
        return new TokenReader(secrets, keys, names, rights, clock);
    }

    @Bean
    TokenController tokenController(
            Datasets datasets,
            MintingKeys keys,
            TokenNames names,
            TokenRights rights,
            TokenMint mint,
            JsonAnswers json,
            Trail trail) {
        return new TokenController(datasets, keys, names, rights, mint, json, trail);
    }
}
