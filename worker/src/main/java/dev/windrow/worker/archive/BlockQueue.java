package dev.windrow.worker.archive;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.Future;

/**
 * The blocks of one archive that are being deflated, in their order, and those at rest. The pool's threads see the
 * blocks only, never the file; the writer's thread takes them out. Not thread-safe.
 */
final class BlockQueue {
    private record InFlight(Block block, Future<?> deflated) {}

    private final DeflatePool pool;
    private final Queue<InFlight> inFlight = new ArrayDeque<>();
    private final Deque<Block> resting = new ArrayDeque<>();

    BlockQueue(DeflatePool pool) {
        this.pool = pool;
    }

    /** Copies the bytes and begins to deflate them; the queue must not be full. */
    void add(byte[] bytes, int offset, int length, int level) {
        Block block = resting.isEmpty() ? new Block() : resting.pop();
        block.fill(bytes, offset, length);
        inFlight.add(new InFlight(block, pool.submit(block, level)));
    }

    boolean isEmpty() {
        return inFlight.isEmpty();
    }

    boolean isFull() {
        return inFlight.size() >= pool.blocksInFlight();
    }

    /** Whether {@link #take} would not have to wait. */
    boolean isReady() {
        InFlight first = inFlight.peek();
        return first != null && first.deflated().isDone();
    }

    /** Waits for the oldest block and takes it out; whoever takes it gives it back with {@link #rest}. */
    Block take() throws IOException {
        InFlight first = inFlight.remove();
        DeflatePool.await(first.deflated());
        return first.block();
    }

    void rest(Block block) {
        block.clear();
        resting.push(block);
    }

    /** Bytes of memory that the blocks at rest hold. */
    long restingCapacity() {
        return resting.stream().mapToLong(Block::capacity).sum();
    }
}
