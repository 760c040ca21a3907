package dev.windrow.common.export.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.windrow.common.export.Exports;
import dev.windrow.common.transaction.Transactions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;

class TransactionsTest extends EachDatabase {
    private Transactions transactions() {
        return database.transactions();
    }

    private int count() {
        return exports.list("ann", Exports.Filter.ALL, null, 10).size();
    }

    @Test
    void bothChangesAreDone() {
        assertEquals("done", transactions().inOne(this::insertTwo, Optional::empty));
        assertEquals(2, count());
    }

    private String insertTwo() {
        queue("ann");
        queue("ann");
        return "done";
    }

    @Test
    void anExceptionUndoesAllOfIt() {
        assertThrows(
                IllegalArgumentException.class,
                () -> transactions()
                        .inOne(
                                () -> {
                                    insertTwo();
                                    throw new IllegalArgumentException("no");
                                },
                                Optional::empty));
        assertEquals(0, count());
    }

    @Test
    void innerWorkIsPartOfTheOuterOne() {
        Transactions transactions = transactions();
        assertThrows(
                IllegalArgumentException.class,
                () -> transactions.inOne(
                        () -> {
                            transactions.inOne(this::insertTwo, Optional::empty);
                            throw new IllegalArgumentException("no");
                        },
                        Optional::empty));
        assertEquals(0, count());
    }

    /** As the audit and the schedules have theirs, in the transactions of those who answer requests. */
    @Test
    void changesOfOtherRoomsArePartOfIt() {
        StatusDatabase requests = database.forRequests();
        JdbcClient other = JdbcClient.create(requests.migrationSource());
        queue("ann");
        assertThrows(
                IllegalArgumentException.class,
                () -> requests.transactions()
                        .inOne(
                                () -> {
                                    other.sql("delete from exports").update();
                                    throw new IllegalArgumentException("no");
                                },
                                Optional::empty));
        assertEquals(1, count());
    }

    @Test
    void aDefectIsNotTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        assertThrows(
                TransientDataAccessResourceException.class,
                () -> transactions()
                        .inOne(
                                () -> {
                                    queue("ann");
                                    tries.incrementAndGet();
                                    throw new TransientDataAccessResourceException("no cause of the driver");
                                },
                                Optional::empty));
        assertEquals(1, tries.get());
        assertEquals(0, count());
    }
}
