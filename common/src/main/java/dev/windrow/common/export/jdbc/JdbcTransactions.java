package dev.windrow.common.export.jdbc;

import dev.windrow.common.export.Transactions;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of the status database's writer. */
public final class JdbcTransactions implements Transactions {
    private final Statements statements;
    private final TransactionTemplate template;

    public JdbcTransactions(StatusDatabase database) {
        this.statements = database.statements();
        this.template = new TransactionTemplate(new JdbcTransactionManager(database.writer()));
    }

    @Override
    public <T> T inOne(Supplier<T> work, Supplier<Optional<T>> landed) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.get();
        }
        // Not execute: the work's answer is never null, and the compiler can't know that through it.
        return statements.transaction(
                () -> {
                    Result<T> result = new Result<>();
                    template.executeWithoutResult(status -> result.value = Optional.of(work.get()));
                    return result.value.orElseThrow();
                },
                landed);
    }

    private static final class Result<T> {
        private Optional<T> value = Optional.empty();
    }
}
