package dev.windrow.api.access;

import org.jspecify.annotations.Nullable;

/** Credentials that do not hold. The message is for whoever sent them, and says no more than they may know. */
public final class CredentialsRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean genuine;

    public CredentialsRefusedException(String detail) {
        super(detail);
        this.genuine = false;
    }

    public CredentialsRefusedException(String detail, Throwable cause) {
        this(detail, cause, false);
    }

    private CredentialsRefusedException(String detail, @Nullable Throwable cause, boolean genuine) {
        super(detail, cause);
        this.genuine = genuine;
    }

    /** Of credentials that nobody has guessed: they were given once, and have ended, or hold later, or elsewhere. */
    public static CredentialsRefusedException ofGenuine(String detail, @Nullable Throwable cause) {
        return new CredentialsRefusedException(detail, cause, true);
    }

    /** Whether it was made by {@link #ofGenuine}. */
    public boolean isGenuine() {
        return genuine;
    }
}
