package dev.windrow.app;

/**
 * A start that is refused for a reason that the operator can fix. Its message says what is wrong and the fix; nobody
 * needs its stack trace.
 */
final class RefusedStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedStartException(String message) {
        super(message);
    }

    RefusedStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
