package dev.windrow.api.access;

import dev.windrow.common.access.Bearer;
import java.util.Objects;

/**
 * Who is calling, and what that gives. Immutable.
 *
 * @param name not blank; owns what the caller starts, and is the {@code :principal} of the catalog's queries
 */
public record Caller(String name, Rights rights, Credential credential) {
    /** The only caller where no security is set. */
    public static final Caller LOCAL = new Caller("local", Rights.ALL, Credential.NONE);

    public Caller {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(rights, "rights");
        Objects.requireNonNull(credential, "credential");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: blank");
        }
    }

    /** What the credentials say, as the catalog's restrictions go by it. */
    public Bearer bearer() {
        return new Bearer(rights.roles(), rights.claims(), credential.kind() == Credential.Kind.NONE);
    }

    /** Whether a role is given, or one that includes it. */
    public boolean has(Role role) {
        return rights.has(role);
    }
}
