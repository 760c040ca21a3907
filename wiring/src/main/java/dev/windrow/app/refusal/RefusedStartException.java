package dev.windrow.app.refusal;

/**
 * A start that is refused for a reason that the operator can fix. Its message says what is wrong and the fix; nobody
 * needs its stack trace.
 */
public final class RefusedStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedStartException(String message) {
        super(message);
    }

    public RefusedStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
