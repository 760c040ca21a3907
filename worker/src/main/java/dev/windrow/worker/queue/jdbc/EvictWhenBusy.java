package dev.windrow.worker.queue.jdbc;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Throws a connection away that met a lock it could not wait out. When BEGIN IMMEDIATE times out, sqlite-jdbc has
 * already noted that a transaction runs; back in the pool such a connection would report every later write as failed
 * though it was stored.
 */
final class EvictWhenBusy implements SQLExceptionOverride {
    private static final int SQLITE_BUSY = 5;

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return (e.getErrorCode() & 0xff) == SQLITE_BUSY || message.contains("no transaction is active")
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
