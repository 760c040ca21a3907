package dev.windrow.common.source.jdbc.connect;

import dev.windrow.common.catalog.Source;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Idle connections, a few per source, for the next reader. Safe for use by many threads. */
final class KeptConnections implements AutoCloseable {
    /** For one export's rows, its count and its watch, and a few more. */
    private static final int KEPT = 4;

    private final Map<Kind, Deque<OpenConnection>> kept = new HashMap<>();
    private boolean closed;

    /** Connections of one kind do as well as each other. */
    private record Kind(Source source, long limit) {}

    /**
     * The one that came last; null when there is none.
     *
     * @param limit as {@link OpenConnection} has it
     */
    synchronized @Nullable OpenConnection take(Source source, long limit) {
        Deque<OpenConnection> idle = kept.get(new Kind(source, limit));
        return idle == null ? null : idle.pollFirst();
    }

    /** Closes all of a source. */
    void drop(Source source) {
        closeAll(remove(source));
    }

    private synchronized List<OpenConnection> remove(Source source) {
        List<OpenConnection> removed = kept.entrySet().stream()
                .filter(entry -> entry.getKey().source().equals(source))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
        kept.keySet().removeIf(kind -> kind.source().equals(source));
        return removed;
    }

    /** Keeps a connection, or closes it where there are enough. */
    void keep(OpenConnection connection) {
        if (!add(connection)) {
            connection.close();
        }
    }

    private synchronized boolean add(OpenConnection connection) {
        Deque<OpenConnection> idle =
                kept.computeIfAbsent(new Kind(connection.source(), connection.limit()), kind -> new ArrayDeque<>());
        if (closed || of(connection.source()) >= KEPT) {
            return false;
        }
        idle.addFirst(connection);
        return true;
    }

    private long of(Source source) {
        return kept.entrySet().stream()
                .filter(entry -> entry.getKey().source().equals(source))
                .mapToLong(entry -> entry.getValue().size())
                .sum();
    }

    /** Closes all; what is given back later is closed then. */
    @Override
    public void close() {
        List<OpenConnection> last;
        synchronized (this) {
            closed = true;
            last = kept.values().stream().flatMap(Deque::stream).toList();
            kept.clear();
        }
        closeAll(last);
    }

    private static void closeAll(List<OpenConnection> connections) {
        connections.forEach(OpenConnection::close);
    }
}
