package dev.windrow.api;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.CredentialReader;
import dev.windrow.api.access.CredentialsRefusedException;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Terms;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Believes a test who it is and which roles it has: {@code shop:export,mint}. */
final class WordsOfATest implements CredentialReader {
    @Override
    public boolean reads(String token) {
        return token.indexOf(':') > 0;
    }

    @Override
    public Caller read(String token, @Nullable String origin) {
        String[] words = token.split(":", 2);
        if (words[0].equals("gone")) {
            throw new CredentialsRefusedException("These are gone.");
        }
        if (words[0].equals("ended")) {
            throw CredentialsRefusedException.ofGenuine("These have ended.", null);
        }
        String[] rights = words[1].split("@", 2);
        Set<String> datasets = rights.length < 2 ? null : Set.of(rights[1].split(","));
        return new Caller(
                words[0],
                new Rights(Set.of(rights[0].split(",")), datasets, Map.of(), Allowance.USUAL, Terms.NONE),
                Credential.NONE);
    }
}
