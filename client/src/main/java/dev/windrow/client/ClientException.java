package dev.windrow.client;

/** Why there is no archive, in words for the person who asked for it. */
public final class ClientException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of end it is. */
    public enum Reason {
        /** The server or the export said no, or what arrived is not what was announced. */
        FAILED,
        /** The server did not take the request: nothing was started. */
        REFUSED,
        /** Nobody answers, or no longer. */
        NOT_REACHABLE
    }

    private final Reason reason;

    ClientException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static ClientException failed(String message) {
        return new ClientException(Reason.FAILED, message);
    }

    static ClientException refused(String message) {
        return new ClientException(Reason.REFUSED, message);
    }

    static ClientException notReachable(String message) {
        return new ClientException(Reason.NOT_REACHABLE, message);
    }

    /** What kind of end it is; the message has the words for it. */
    public Reason reason() {
        return reason;
    }
}
