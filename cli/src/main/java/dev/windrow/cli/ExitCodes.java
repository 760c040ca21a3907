package dev.windrow.cli;

import dev.windrow.client.ClientException;

/** What a client's command ends with when the server did not give what was asked for. */
final class ExitCodes {
    private ExitCodes() {}

    static int of(ClientException e) {
        return switch (e.reason()) {
            case FAILED -> 1;
            case REFUSED -> 2;
            case NOT_REACHABLE -> 3;
        };
    }
}
