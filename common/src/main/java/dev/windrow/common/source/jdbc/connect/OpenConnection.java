package dev.windrow.common.source.jdbc.connect;

import dev.windrow.common.catalog.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A read-only connection, whoever has it.
 *
 * @param jdbc what the driver gave
 * @param limit how many bytes of rows the driver takes at a time; 0 for as many as come
 * @param file the file that was there when it was opened; null for other databases and for a name that is no file
 */
record OpenConnection(
        Source source,
        Dialect dialect,
        Connection jdbc,
        long limit,
        @Nullable SqliteFile file) {
    private static final Logger log = LoggerFactory.getLogger(OpenConnection.class);
    private static final int VALID_SECONDS = 2;

    /**
     * Whether it is still one to the database that its URL means: a file may have been put in the place of the old one.
     */
    boolean isCurrent() {
        return dialect != Dialect.SQLITE || Objects.equals(file, SqliteFile.of(source.url()));
    }

    /** Whether the next reader may have it, after it was idle. */
    boolean isUsable() {
        if (dialect == Dialect.SQLITE) {
            return isCurrent();
        }
        try {
            boolean valid = jdbc.isValid(VALID_SECONDS);
            jdbc.rollback();
            return valid;
        } catch (SQLException e) {
            log.debug("A kept connection to {} is no longer usable", source, e);
            return false;
        }
    }

    /** Closes it; a failure is logged, since nothing that was read depends on it. */
    void close() {
        try {
            jdbc.close();
        } catch (SQLException e) {
            log.debug("A source connection did not close", e);
        }
    }
}
