package dev.windrow.common.export.jdbc;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.windrow.common.export.jdbc.Dialect.Trouble;
import java.sql.SQLException;

/**
 * Has the pool close connections that had trouble: after SQLITE_BUSY one may believe that it is in a transaction, after
 * an I/O error it may take a sound file for a malformed one.
 */
record Eviction(Dialect dialect) implements SQLExceptionOverride {
    // Hikari's own "Override" hides the annotation here.
    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException e) {
        return dialect.trouble(e) == Trouble.DEFECT
                ? SQLExceptionOverride.Override.CONTINUE_EVICT
                : SQLExceptionOverride.Override.MUST_EVICT;
    }
}
