package dev.windrow.api.trail;

import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.AuditRow;
import dev.windrow.common.audit.Event;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.thread.DaemonThreads;
import dev.windrow.common.transaction.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that are written by a thread of their own, so that neither a download nor its reader waits for the database. As
 * many as fit into the memory that is set aside wait for a database that is away; what does not is counted. Safe for
 * use by many threads; whoever makes it closes it.
 */
final class LateRows implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LateRows.class);
    /** About 5 MB at most. */
    private static final int MOST = 10_000;

    /** In one transaction: a crowd of ranges costs few. */
    private static final int AT_ONCE = 100;

    private static final long LOOK_SECONDS = 1;
    private static final long AGAIN_SECONDS = 5;
    private static final long CLOSE_MILLIS = 10_000;

    private final AuditLog audit;
    private final Transactions transactions;
    private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MOST);
    private final LongAdder lost = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new DaemonThreads("audit").newThread(this::run);

    LateRows(AuditLog audit, Transactions transactions) {
        this.audit = audit;
        this.transactions = transactions;
        thread.start();
    }

    void add(Event event) {
        if (!waiting.offer(event)) {
            lose(1);
        }
    }

    long lost() {
        return lost.sum();
    }

    /** Writes what waits, if the database takes it at once. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lose(waiting.size());
    }

    private void run() {
        try {
            while (closing.getCount() > 0 || !waiting.isEmpty()) {
                Event first = waiting.poll(LOOK_SECONDS, TimeUnit.SECONDS);
                if (first != null) {
                    List<Event> batch = new ArrayList<>(List.of(first));
                    waiting.drainTo(batch, AT_ONCE - 1);
                    write(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A border: whatever becomes of these rows, the next ones are written. */
    private void write(List<Event> batch) throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                append(batch);
                return;
            } catch (ExportsUnavailableException e) {
                if (!told) {
                    log.warn("rows of the audit wait for the database: {}", e.toString());
                    told = true;
                }
                if (closing.await(AGAIN_SECONDS, TimeUnit.SECONDS)) {
                    lose(batch.size());
                    return;
                }
            } catch (RuntimeException e) {
                log.error("rows of the audit can't be written", e);
                lose(batch.size());
                return;
            }
        }
    }

    private void append(List<Event> batch) {
        AtomicReference<@Nullable AuditRow> last = new AtomicReference<>();
        AuditRow unused = transactions.inOne(
                () -> {
                    AuditRow row = null;
                    for (Event event : batch) {
                        row = audit.append(event);
                    }
                    last.set(row);
                    return row;
                },
                () -> Optional.ofNullable(last.get()).filter(audit::holds));
    }

    private void lose(int rows) {
        if (rows > 0) {
            lost.add(rows);
            log.warn(
                    "{} rows of the audit are lost: more wait than have room, or the database does not take them",
                    rows);
        }
    }
}
