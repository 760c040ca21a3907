package dev.windrow.api.access.key;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.CredentialReader;
import dev.windrow.api.access.CredentialsRefusedException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The keys that hold now, found by their hashes: how long a look-up takes tells something of the hash of a guess, which
 * says nothing of any key, so that no comparison need take the same time. Safe for use by many threads; which keys
 * there are is changed for all of them at once.
 */
public final class ApiKeys implements CredentialReader {
    private final Clock clock;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private volatile Map<String, ApiKey> keys = Map.of();
    private volatile Map<String, List<ApiKey>> byName = Map.of();

    public ApiKeys(Clock clock) {
        this.clock = clock;
    }

    /**
     * These are the keys from now on, and no others.
     *
     * @throws IllegalArgumentException naming two entries that are of one key; the keys stay as they were
     */
    public void replace(Collection<ApiKey> entries) {
        Map<String, ApiKey> replaced = new LinkedHashMap<>();
        for (ApiKey entry : entries) {
            ApiKey other = replaced.putIfAbsent(entry.sha256(), entry);
            if (other != null) {
                throw new IllegalArgumentException("the entries \"" + other.name() + "\" and \"" + entry.name()
                        + "\" have the same sha256, and are of one key; remove one of them");
            }
        }
        used.keySet().retainAll(replaced.keySet());
        keys = replaced;
        byName = replaced.values().stream().collect(Collectors.groupingBy(ApiKey::name));
    }

    /** The keys of that name, of which there should be one. */
    List<ApiKey> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    @Override
    public boolean holds(Caller caller) {
        Credential shown = caller.credential();
        return shown.kind() != Credential.Kind.API_KEY
                || named(shown.name()).stream().anyMatch(key -> key.principal().equals(caller.name()));
    }

    /** The keys that there are, those that have ended too. */
    public List<ApiKey> all() {
        return List.copyOf(keys.values());
    }

    /** When a key was last shown to this process; empty for not yet. */
    public Optional<Instant> lastUsed(ApiKey key) {
        return Optional.ofNullable(used.get(key.sha256()));
    }

    /** Any text may be a key, if its hash is among the entries. */
    @Override
    public boolean reads(String token) {
        return token.startsWith(KeyText.PREFIX) || keys.containsKey(KeyText.sha256(token));
    }

    @Override
    public Caller read(String token, @Nullable String origin) {
        ApiKey key = keys.get(KeyText.sha256(token));
        if (key == null) {
            throw new CredentialsRefusedException(
                    KeyText.hasSlip(token)
                            ? "This API key has a slip of the pen: its check digits do not fit. Copy it again, whole."
                            : "The API key is unknown.");
        }
        Instant now = clock.instant();
        if (key.notBefore() != null && now.isBefore(key.notBefore())) {
            throw CredentialsRefusedException.ofGenuine(
                    "The API key does not hold yet: it begins " + key.notBefore() + ".", null);
        } else if (key.expires() != null && !now.isBefore(key.expires())) {
            throw CredentialsRefusedException.ofGenuine(
                    "The API key has expired: it ended " + key.expires() + ". Ask for another one.", null);
        }
        used.put(key.sha256(), now);
        return new Caller(
                key.principal(), key.rights(), new Credential(Credential.Kind.API_KEY, key.name(), key.expires()));
    }
}
