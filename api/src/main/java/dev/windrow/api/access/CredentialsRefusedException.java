package dev.windrow.api.access;

/** Credentials that do not hold. The message is for whoever sent them, and says no more than they may know. */
public final class CredentialsRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CredentialsRefusedException(String detail) {
        super(detail);
    }

    public CredentialsRefusedException(String detail, Throwable cause) {
        super(detail, cause);
    }
}
