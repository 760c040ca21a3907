package dev.windrow.app.keys;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.Role;
import dev.windrow.api.access.key.KeyHolders;
import dev.windrow.common.access.Grant;
import dev.windrow.common.access.Standing;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether what an export was started by would still start it. Of an issuer's token this process knows no more than
 * whether the issuer is believed still. Safe for use by many threads.
 */
public final class CredentialStanding implements Standing {
    private final boolean application;
    private final @Nullable KeyHolders keys;
    private final Set<String> issuers;

    /**
     * @param application whether an application says who calls, and would still say so
     * @param keys null where there are none
     * @param issuers the names of those that are believed
     */
    public CredentialStanding(boolean application, @Nullable KeyHolders keys, Set<String> issuers) {
        this.application = application;
        this.keys = keys;
        this.issuers = Set.copyOf(issuers);
    }

    @Override
    public boolean holds(String owner, Grant grant, String dataset) {
        String kind = grant.credential().kind();
        String name = grant.credential().name();
        if (kind.equals(Credential.Kind.API_KEY.id())) {
            // Any key of the principal, so that one is changed for another without a gap.
            return keys != null && keys.callers(owner).stream().anyMatch(key -> gives(key, grant, dataset));
        }
        if (kind.equals(Credential.Kind.MINTED.id())) {
            return keys != null
                    && keys.holder(name)
                            .filter(key -> key.has(Role.MINT) && key.rights().isFor(dataset))
                            .isPresent();
        }
        if (kind.equals(Credential.Kind.JWT.id())) {
            return issuers.contains(name);
        }
        if (kind.equals(Credential.Kind.APPLICATION.id())) {
            return application;
        }
        // Who started it without credentials is nobody by now. Of a row from before grants, the catalog decides.
        return !kind.equals(Credential.Kind.NONE.id());
    }

    private static boolean gives(Caller key, Grant grant, String dataset) {
        return key.has(Role.EXPORT)
                && key.rights().isFor(dataset)
                && key.rights().roles().containsAll(grant.bearer().roles());
    }
}
