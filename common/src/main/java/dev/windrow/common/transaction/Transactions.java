package dev.windrow.common.transaction;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes several changes of the status database one: all of them are durable when the call returns, or none is. Safe for
 * use by many threads and processes.
 */
public interface Transactions {
    /**
     * Does the work in one transaction. On SQLite it must begin with a change, and nobody else writes before it ends,
     * so it is short and asks no other system. What it throws undoes it all and passes. Within another such work it is
     * part of that.
     *
     * @param work may be done again from its beginning if the database did not take it
     * @param landed what the work gave, if the database shows that an earlier try of it was done; asked only when that
     *     is not known
     * @throws dev.windrow.common.export.Exports.ExportsUnavailableException when the database can't be reached or stays
     *     locked
     */
    <T> T inOne(Supplier<T> work, Supplier<Optional<T>> landed);
}
