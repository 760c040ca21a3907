package dev.windrow.cli;

import java.net.URI;
import java.util.Map;

/** Starts the whole service, API and worker, in this process. */
@FunctionalInterface
public interface ServerLauncher {
    /**
     * Returns when the server answers requests.
     *
     * @param settings properties by the names of the operations manual; they win over all other sources
     * @throws StartException if it does not start, in words for the user
     */
    Server start(Map<String, String> settings) throws StartException;

    /** A server that runs until it is closed or the process is told to end. */
    interface Server extends AutoCloseable {
        /** Where it answers, with the port that it really has. */
        URI url();

        /** Stops it as SIGTERM would, and returns when it has. */
        @Override
        void close();
    }

    /** Why a server did not start: one line or a few, without a stack trace. */
    final class StartException extends Exception {
        private static final long serialVersionUID = 1L;

        public StartException(String message) {
            super(message);
        }
    }
}
