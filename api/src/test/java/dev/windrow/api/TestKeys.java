package dev.windrow.api;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.CredentialReader;
import dev.windrow.api.access.CredentialsRefusedException;
import dev.windrow.api.access.token.MintingKeys;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** API keys that a test gives and takes: {@code key-NAME} is the key of that name. */
public final class TestKeys implements CredentialReader, MintingKeys {
    private static final String PREFIX = "key-";

    private final Map<String, Caller> holders = new ConcurrentHashMap<>();

    /** Gives the key that the caller's credential names. */
    public void give(Caller holder) {
        holders.put(holder.credential().name(), holder);
    }

    public void take(String key) {
        holders.remove(key);
    }

    @Override
    public Optional<Caller> holder(String key) {
        return Optional.ofNullable(holders.get(key));
    }

    @Override
    public boolean isPrincipal(String name) {
        return holders.values().stream().anyMatch(holder -> holder.name().equals(name));
    }

    @Override
    public boolean reads(String token) {
        return token.startsWith(PREFIX);
    }

    @Override
    public Caller read(String token, @Nullable String origin) {
        return holder(token.substring(PREFIX.length()))
                .orElseThrow(() -> new CredentialsRefusedException("no such key"));
    }
}
