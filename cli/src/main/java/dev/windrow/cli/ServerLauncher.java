package dev.windrow.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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

    /**
     * Drafts a catalog from the tables of a live database, which is only read.
     *
     * @param jdbcUrl perhaps with a user and a password, which are written nowhere
     * @param folder for the catalog; it is there
     * @throws StartException for one that can't be read, in words for the user
     */
    default Draft draft(String jdbcUrl, Path folder) throws StartException {
        throw new StartException("Only the samples can be served here.");
    }

    /**
     * A catalog that can be served.
     *
     * @param words lines for the user: what is in it, and what is not
     * @param catalog its file
     * @param launcher starts a server that has what the catalog takes from the environment
     */
    record Draft(List<String> words, Path catalog, ServerLauncher launcher) {
        public Draft {
            words = List.copyOf(words);
        }
    }

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
