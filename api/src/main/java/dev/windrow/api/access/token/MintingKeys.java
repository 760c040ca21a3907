package dev.windrow.api.access.token;

import dev.windrow.api.access.Caller;
import java.util.Optional;

/** The API keys, as far as tokens go by them. Safe for use by many threads. */
public interface MintingKeys {
    /**
     * What the key of that name gives now.
     *
     * @return empty when there is none, or it is revoked, expired or not yet valid: its tokens hold no more
     */
    Optional<Caller> holder(String key);

    /** Whether that is the principal of a key, whoever holds it. */
    boolean isPrincipal(String name);
}
