package dev.windrow.worker.outbox.webhook;

import java.net.UnknownHostException;

/** A host has an address that a webhook may not be at. */
final class RefusedAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1;

    RefusedAddressException() {
        super("the host has an address that a webhook may not be at");
    }
}
