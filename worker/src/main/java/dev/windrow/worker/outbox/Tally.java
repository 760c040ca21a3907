package dev.windrow.worker.outbox;

import dev.windrow.common.outbox.Target.Kind;
import dev.windrow.common.outbox.Try;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many tries this process has made since it started, by what came of them. Thread-safe. */
public final class Tally {
    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    private record Key(Kind kind, Try.Result result) {}

    void add(Kind kind, Try.Result result) {
        counts.computeIfAbsent(new Key(kind, result), key -> new LongAdder()).increment();
    }

    /** How many tries of that kind came to that. */
    public long count(Kind kind, Try.Result result) {
        LongAdder count = counts.get(new Key(kind, result));
        return count == null ? 0 : count.sum();
    }
}
