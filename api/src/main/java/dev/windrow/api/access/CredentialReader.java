package dev.windrow.api.access;

import org.jspecify.annotations.Nullable;

/** Reads credentials of one kind. Safe for use by many threads. */
public interface CredentialReader {
    /** Whether the text has the shape of these credentials, which says nothing of whether they hold. */
    boolean reads(String token);

    /**
     * Who shows these credentials.
     *
     * @param token what stands after {@code Bearer}; of a shape that {@link #reads} takes
     * @param origin the request's {@code Origin}; null where it has none
     * @throws CredentialsRefusedException when they do not hold
     */
    Caller read(String token, @Nullable String origin);

    /**
     * Whether what a caller has shown some time ago would still be taken. Quick: asked many times a second.
     *
     * @return true too for credentials of another kind, of which others know
     */
    default boolean holds(Caller caller) {
        return true;
    }
}
