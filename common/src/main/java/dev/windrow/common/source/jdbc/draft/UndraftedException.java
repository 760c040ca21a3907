package dev.windrow.common.source.jdbc.draft;

/** A table or view that is left out of a draft; the message is the reason. Never leaves this package. */
final class UndraftedException extends Exception {
    private static final long serialVersionUID = 1L;

    UndraftedException(String message) {
        super(message);
    }
}
