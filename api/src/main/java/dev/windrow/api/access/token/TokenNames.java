package dev.windrow.api.access.token;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.claim.PrincipalNames;
import java.util.Set;

/**
 * Which callers a token may be for. Names are one for all credentials, so a token for another key's principal, or for a
 * user of an issuer, would be that caller. Asked when a token is made, and again when it is used: keys come later, too.
 */
public final class TokenNames {
    private final MintingKeys keys;
    private final Set<String> issuers;

    /** @param issuers the names of configured issuers, whose callers are {@code name:sub} */
    public TokenNames(MintingKeys keys, Set<String> issuers) {
        this.keys = keys;
        this.issuers = Set.copyOf(issuers);
    }

    /**
     * Whether the holder of a key may make tokens for that caller.
     *
     * @param minter the principal of the key
     */
    public boolean isFree(String principal, String minter) {
        int colon = principal.indexOf(':');
        boolean issued = colon >= 0 && issuers.contains(principal.substring(0, colon));
        return PrincipalNames.isOne(principal)
                && !issued
                && !principal.equals(Caller.LOCAL.name())
                && (principal.equals(minter) || !keys.isPrincipal(principal));
    }
}
