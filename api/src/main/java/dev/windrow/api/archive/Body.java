package dev.windrow.api.archive;

import dev.windrow.api.archive.far.ReadAhead;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an answer carries, if it is copied.
 *
 * @param archive where it comes from
 * @param what it is, for the log
 * @param part as in {@link Sending}
 * @param source closed when everything is sent, or nothing more can be
 * @param length of the source
 */
record Body(Archive archive, String what, @Nullable String part, InputStream source, long length) {
    private static final Logger log = LoggerFactory.getLogger(Body.class);

    /** Sends it, or for HEAD only says how long it is. Returns at once. */
    void send(HttpServletRequest request, HttpServletResponse response, Outlet outlet) throws IOException {
        response.setContentLengthLong(length);
        if (request.getMethod().equals("HEAD")) {
            source.close();
            return;
        }
        Sending sending = outlet.log().begun(request, archive, what, part, length);
        Pump.Source chunks = outlet.isFar() ? new Far(outlet.reads().ahead(source, length)) : new Near(source, length);
        Pump.start(chunks, length, request, new Pump.Listener() {
            @Override
            public void nothing(IOException fault) throws IOException {
                outlet.refuse(response, fault);
            }

            @Override
            public void over(long sent) {
                outlet.log().ended(sending, sent);
            }
        });
    }

    /** Read when it is wanted, by whoever wants it: the disk is fast enough. */
    private static final class Near implements Pump.Source {
        private final InputStream source;
        private long left;

        Near(InputStream source, long length) {
            this.source = source;
            this.left = length;
        }

        @Override
        public byte[] next(byte[] spare, Runnable whenHere) throws IOException {
            byte[] chunk = left < spare.length ? new byte[(int) left] : spare;
            int read = source.readNBytes(chunk, 0, chunk.length);
            if (read < chunk.length) {
                log.error("a file ends {} bytes early", left - read);
                throw new EOFException("it ends " + (left - read) + " bytes early");
            }
            left -= read;
            return chunk;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    /** Read before it is wanted, by threads that may wait for the network. */
    private record Far(ReadAhead ahead) implements Pump.Source {
        @Override
        public byte @Nullable [] next(byte[] spare, Runnable whenHere) throws IOException {
            return ahead.next(whenHere);
        }

        @Override
        public void slow() {
            ahead.slow();
        }

        @Override
        public void close() {
            ahead.close();
        }
    }
}
