package dev.windrow.common.artifact.s3;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object as a file: what is read forward comes by one request, which a jump ends; a request that dies in the middle
 * is made again from there, of the same object or not at all. The last bytes, where a ZIP has its directory, are asked
 * for once and kept. Belongs to one thread at a time.
 */
final class S3Channel implements SeekableByteChannel {
    private static final Logger log = LoggerFactory.getLogger(S3Channel.class);

    /** A jump forward that is cheaper to read than a new request. */
    private static final int STEP = 64 << 10;
    /** How much of the end is kept: more than a directory without many files has. */
    private static final int TAIL = 64 << 10;
    /** Requests that die one after the other without a byte. */
    private static final int MOST_DEAD = 4;

    private final Bucket bucket;
    private final String object;
    private final Bucket.Head head;
    private long position;
    private @Nullable ResponseInputStream<GetObjectResponse> answer;
    private long answerAt;
    private byte @Nullable [] tail;
    private boolean isClosed;

    S3Channel(Bucket bucket, String object, Bucket.Head head) {
        this.bucket = bucket;
        this.object = object;
        this.head = head;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (position >= head.bytes()) {
            return -1;
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        int count = (int) Math.min(target.remaining(), head.bytes() - position);
        long tailAt = Math.max(0, head.bytes() - TAIL);
        if (position >= tailAt && (answer == null || answerAt != position)) {
            byte[] end = tail == null ? fetchTail(tailAt) : tail;
            target.put(end, (int) (position - tailAt), count);
            position += count;
            return count;
        }
        byte[] bytes = target.hasArray() ? target.array() : new byte[Math.min(count, STEP)];
        int offset = target.hasArray() ? target.arrayOffset() + target.position() : 0;
        int read = readForward(bytes, offset, target.hasArray() ? count : bytes.length);
        if (target.hasArray()) {
            target.position(target.position() + read);
        } else {
            target.put(bytes, 0, read);
        }
        return read;
    }

    private byte[] fetchTail(long from) throws IOException {
        byte[] end = new byte[(int) (head.bytes() - from)];
        long wanted = position;
        position = from;
        try {
            int filled = 0;
            while (filled < end.length) {
                filled += readForward(end, filled, end.length - filled);
            }
        } finally {
            position = wanted;
        }
        tail = end;
        return end;
    }

    /** At least one byte, and the position after it. */
    private int readForward(byte[] bytes, int offset, int count) throws IOException {
        for (int dead = 0; ; dead++) {
            // What fails here was tried again by the client already.
            ResponseInputStream<GetObjectResponse> stream = at(position);
            try {
                int read = stream.read(bytes, offset, count);
                if (read > 0) {
                    reached(stream, read);
                    return read;
                }
                throw new EOFException(object + ": the answer ended " + (head.bytes() - position) + " bytes too soon");
            } catch (IOException e) {
                end();
                if (dead + 1 >= MOST_DEAD || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                log.debug("asks again for {} from {}: {}", object, position, e.getMessage());
            }
        }
    }

    private void reached(ResponseInputStream<GetObjectResponse> stream, int read) throws IOException {
        position += read;
        answerAt = position;
        if (position == head.bytes()) {
            // Read to its very end, a connection can be used again.
            var unused = stream.read();
            stream.close();
            answer = null;
        }
    }

    private ResponseInputStream<GetObjectResponse> at(long wanted) throws IOException {
        ResponseInputStream<GetObjectResponse> stream = answer;
        if (stream != null && wanted > answerAt && wanted - answerAt <= STEP) {
            answerAt = skipped(stream, wanted);
        }
        if (stream == null || answerAt != wanted) {
            end();
            stream = bucket.read(object, wanted, head.etag());
            answer = stream;
            answerAt = wanted;
        }
        return stream;
    }

    /** Where it is then: elsewhere, when the answer died meanwhile. */
    private long skipped(ResponseInputStream<GetObjectResponse> stream, long wanted) {
        try {
            stream.skipNBytes(wanted - answerAt);
            return wanted;
        } catch (IOException e) {
            log.debug("asks again for {} from {}: {}", object, wanted, e.getMessage());
            return -1;
        }
    }

    /** Gives the request up, without what it would still bring. */
    private void end() {
        if (answer != null) {
            answer.abort();
            answer = null;
        }
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("position: " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return head.bytes();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return !isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
        end();
    }

    private void requireOpen() throws ClosedChannelException {
        if (isClosed) {
            throw new ClosedChannelException();
        }
    }
}
