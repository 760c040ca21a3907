package dev.windrow.common.export.jdbc;

import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.jdbc.Dialect.Trouble;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs single statements in autocommit and decides what to do when the database stumbles: a statement that certainly
 * did nothing is repeated; of one that may have changed its row the row is asked. Trouble that lasts becomes an
 * {@link ExportsUnavailableException}, everything else is a defect and passes.
 */
final class Statements {
    private static final Logger log = LoggerFactory.getLogger(Statements.class);

    /**
     * Among many writers SQLite now and then lets one starve past its busy_timeout; more than that is a lock that
     * stays.
     */
    private static final int TRIES = 3;

    private final Dialect dialect;
    private final Runnable makeRoom;
    private final @Nullable Duration patience;

    Statements(Dialect dialect) {
        this(dialect, () -> {});
    }

    /** @param makeRoom called before a statement is repeated that found the disk full */
    Statements(Dialect dialect, Runnable makeRoom) {
        this(dialect, makeRoom, null);
    }

    /** @param patience nothing is repeated after so long; null where it does not matter */
    Statements(Dialect dialect, Runnable makeRoom, @Nullable Duration patience) {
        this.dialect = dialect;
        this.makeRoom = makeRoom;
        this.patience = patience;
    }

    <T> T read(Supplier<T> query) {
        return run(query, true).value;
    }

    /** A change that nobody can recognise afterwards: not repeated once it may have happened. */
    <T> T changeOnce(Supplier<T> statement) {
        return run(statement, false).value;
    }

    /**
     * A conditional change of one row.
     *
     * @param landed whether the row shows that this very change was made; asked only if an earlier try may have made it
     */
    boolean change(IntSupplier update, BooleanSupplier landed) {
        Answer<Integer> rows = run(update::getAsInt, true);
        return rows.value == 1 || rows.unsure && read(landed::getAsBoolean);
    }

    /**
     * Several statements as one, begun anew after a stumble.
     *
     * @param whole the transaction, with its begin and commit
     * @param landed what an earlier try has done; asked only if one may have
     */
    <T> T transaction(Supplier<T> whole, Supplier<Optional<T>> landed) {
        boolean unsure = false;
        long began = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try {
                if (unsure) {
                    Optional<T> done = landed.get();
                    if (done.isPresent()) {
                        return done.get();
                    }
                }
                return whole.get();
            } catch (DataAccessException | TransactionException e) {
                unsure |= stumbled(e, tries, began, true) == Trouble.UNKNOWN;
            }
        }
    }

    /** @param unsure an earlier try may have done it too */
    private record Answer<T>(T value, boolean unsure) {}

    private <T> Answer<T> run(Supplier<T> statement, boolean repeatIfUnsure) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            // A failed statement may have ended the transaction: it is the whole that is tried again.
            return new Answer<>(statement.get(), false);
        }
        boolean unsure = false;
        long began = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try {
                return new Answer<>(statement.get(), unsure);
            } catch (DataAccessException e) {
                unsure |= stumbled(e, tries, began, repeatIfUnsure) == Trouble.UNKNOWN;
            }
        }
    }

    /** Says what a failed try has done; throws when there is to be no other. */
    private Trouble stumbled(NestedRuntimeException e, int tries, long began, boolean repeatIfUnsure) {
        Trouble trouble = trouble(e);
        if (trouble == Trouble.DEFECT) {
            throw e;
        }
        makeRoomIfFull(e);
        // The pool has tried for a connection as long as we would.
        boolean over = tries == TRIES || patience != null && System.nanoTime() - began > patience.toNanos();
        if (over || isWithoutConnection(e) || trouble == Trouble.UNKNOWN && !repeatIfUnsure) {
            throw new ExportsUnavailableException("The status database can't be reached or stays locked", e);
        }
        log.warn("The status database did not take a statement, trying it again: {}", rootMessage(e));
        return trouble;
    }

    /** As a statement, or as a transaction that can't begin. */
    private static boolean isWithoutConnection(NestedRuntimeException e) {
        return e instanceof CannotGetJdbcConnectionException || e instanceof CannotCreateTransactionException;
    }

    private Trouble trouble(NestedRuntimeException e) {
        if (isWithoutConnection(e)) {
            return Trouble.NOT_DONE;
        }
        SQLException cause = sqlException(e);
        return cause == null ? Trouble.DEFECT : dialect.trouble(cause);
    }

    private void makeRoomIfFull(NestedRuntimeException e) {
        SQLException cause = sqlException(e);
        if (cause != null && dialect.isFull(cause)) {
            makeRoom.run();
        }
    }

    private static @Nullable SQLException sqlException(Throwable e) {
        if (e instanceof TransactionSystemException rollback && rollback.getApplicationException() != null) {
            // The rollback failed since what went before had closed the connection: that says why.
            return sqlException(rollback.getApplicationException());
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String rootMessage(NestedRuntimeException e) {
        return e.getMostSpecificCause().getMessage();
    }
}
