package dev.windrow.api.access.key;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.token.MintingKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys by their names, as minted tokens go by them. Safe for use by many threads. */
public final class KeyHolders implements MintingKeys {
    private final ApiKeys keys;
    private final Clock clock;

    public KeyHolders(ApiKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Of two keys of one name, nobody could say which one a token is of, so there is none. */
    @Override
    public Optional<Caller> holder(String key) {
        List<ApiKey> named = keys.named(key);
        return named.size() == 1 && holds(named.get(0)) ? Optional.of(caller(named.get(0))) : Optional.empty();
    }

    @Override
    public boolean isPrincipal(String name) {
        return keys.all().stream().anyMatch(key -> key.principal().equals(name));
    }

    /** The keys of that principal that hold now. */
    public List<Caller> callers(String principal) {
        return keys.all().stream()
                .filter(key -> key.principal().equals(principal) && holds(key))
                .map(KeyHolders::caller)
                .toList();
    }

    private boolean holds(ApiKey key) {
        Instant now = clock.instant();
        return (key.notBefore() == null || !now.isBefore(key.notBefore()))
                && (key.expires() == null || now.isBefore(key.expires()));
    }

    private static Caller caller(ApiKey key) {
        Credential credential = new Credential(Credential.Kind.API_KEY, key.name(), key.expires());
        return new Caller(key.principal(), key.rights(), credential);
    }
}
