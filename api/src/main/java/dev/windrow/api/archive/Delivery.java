package dev.windrow.api.archive;

import dev.windrow.api.archive.ArchiveSender.Stored;
import dev.windrow.api.archive.far.FarReads;
import dev.windrow.api.http.AcceptEncoding;
import dev.windrow.api.http.ByteRange;
import dev.windrow.api.http.Gzip;
import dev.windrow.api.http.Preconditions;
import dev.windrow.api.http.RangeHeader;
import dev.windrow.api.http.Spans;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Answers requests for archives, whoever asked and by which way. Safe for use by many threads. */
public final class Delivery {
    /** In bytes. The list is a hundredth of that at most: 8 MB are read and deflated in a quarter of a second. */
    private static final long MOST_WITH_GZIPPED_LIST = 800_000_000;
    /** At once. Whoever comes then gets the list as it is. */
    private static final int DEFLATING = 2;

    private final Semaphore deflating = new Semaphore(DEFLATING);
    private final StoredArchives archives;
    private final Lookups lookups;
    private final Redirects redirects;
    private final Outlet outlet;
    private final ArchiveSender sender;

    Delivery(StoredArchives archives, Lookups lookups, Redirects redirects, Outlet outlet, ArchiveSender sender) {
        this.archives = archives;
        this.lookups = lookups;
        this.redirects = redirects;
        this.outlet = outlet;
        this.sender = sender;
    }

    /** Reads something of an open archive. */
    @FunctionalInterface
    public interface Look<T> {
        T at(SeekableByteChannel open) throws IOException;
    }

    /** Finds something in an archive to send it. */
    @FunctionalInterface
    interface Find<T> {
        /**
         * @param open to read what is sent; closed by what is found, and here where nothing is
         * @param look the same to look through the archive
         */
        T in(SeekableByteChannel open, SeekableByteChannel look) throws IOException;
    }

    /** Answers with the archive, or the parts of it that are asked for, or says why not. */
    public void deliver(Archive archive, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Preconditions conditions = Preconditions.of(request);
        Representation whole = Representation.of(archive);
        if (whole.isNotModified(conditions, response)) {
            return;
        }
        Optional<List<ByteRange>> ranges = ranges(Stored.whole(archive), conditions, request);
        boolean redirect = redirects.fits(request);
        if (!outlet.isFar()) {
            answer(Stored.whole(archive), archives.open(archive), ranges, request, response);
        } else if (redirect) {
            FarAnswer.after(
                    () -> outlet.reads().open(() -> redirects.find(archives.open(archive), archive)),
                    found -> redirects.answer(found, archive, ranges, request, response),
                    outlet,
                    request,
                    response);
        } else {
            FarAnswer.after(
                    () -> outlet.reads().open(() -> archives.open(archive)),
                    open -> answer(Stored.whole(archive), open, ranges, request, response),
                    outlet,
                    request,
                    response);
        }
    }

    /**
     * Answers with the list of the archive's blocks, or the parts of it that are asked for, or says why not. Who asks
     * for no parts and takes gzip gets that, where the list is short enough to be deflated while the caller waits, and
     * not too many are.
     */
    public void deliverBlocks(Archive archive, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean gzip = archive.bytes() <= MOST_WITH_GZIPPED_LIST
                && request.getHeader(HttpHeaders.RANGE) == null
                && AcceptEncoding.prefersGzip(Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING)));
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        Preconditions conditions = Preconditions.of(request);
        if (Representation.ofBlocks(archive, gzip).isNotModified(conditions, response)) {
            return;
        }
        Lookups.Lookup<OpenList> open = () -> OpenList.of(archives.openBlocks(archive), gzip ? deflating : null);
        FarAnswer.Next<OpenList> next = list -> answerBlocks(archive, list, conditions, request, response);
        if (!outlet.isFar()) {
            next.with(open.run());
        } else if (gzip) {
            FarAnswer.after(
                    () -> outlet.reads().look(FarReads.PATIENCE_TO_LOOK, open::run), next, outlet, request, response);
        } else {
            FarAnswer.after(() -> outlet.reads().open(open::run), next, outlet, request, response);
        }
    }

    /**
     * A list that is open.
     *
     * @param bytes of the list; nobody knows how many before it is open
     * @param gzip how it is sent; null for as it is
     */
    private record OpenList(
            SeekableByteChannel open, long bytes, @Nullable Gzip gzip) implements Closeable {
        /** @param deflating of whose places one is taken for a moment; without one, or null, it is sent as it is */
        static OpenList of(SeekableByteChannel open, @Nullable Semaphore deflating) throws IOException {
            try {
                long bytes = open.size();
                if (deflating == null || !deflating.tryAcquire()) {
                    return new OpenList(open, bytes, null);
                }
                try {
                    return new OpenList(open, bytes, Gzip.measure(plain(open, bytes)));
                } finally {
                    deflating.release();
                }
            } catch (IOException | RuntimeException e) {
                open.close();
                throw e;
            }
        }

        private static InputStream plain(SeekableByteChannel open, long bytes) {
            return Parts.one(open, ByteRange.whole(bytes));
        }

        InputStream plain() {
            return new Closing(plain(open, bytes), open);
        }

        @Override
        public void close() throws IOException {
            open.close();
        }
    }

    private void answerBlocks(
            Archive archive,
            OpenList list,
            Preconditions conditions,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Gzip gzip = list.gzip;
        try {
            if (gzip == null) {
                Stored stored = Stored.list(archive, list.bytes);
                answer(stored, list.open, ranges(stored, conditions, request), request, response);
                return;
            }
            Representation.ofBlocks(archive, true).describe(response);
            response.setHeader(HttpHeaders.ACCEPT_RANGES, "none");
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            response.setContentType(Representation.BLOCKS_TYPE);
            send(
                    new Body(archive, "blocks as gzip", "blocks", gzip.of(list.plain()), gzip.length()),
                    request,
                    response);
        } catch (IOException | RuntimeException e) {
            list.close();
            throw e;
        }
    }

    /** Answers with the archive's digest, as {@code sha256sum -c} reads it. */
    public void deliverChecksum(Archive archive, HttpServletResponse response) throws IOException {
        byte[] line = archive.checksumLine().getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, Representation.of(archive).cacheControl());
        response.setContentLength(line.length);
        response.getOutputStream().write(line);
    }

    private void answer(
            Stored stored,
            SeekableByteChannel open,
            Optional<List<ByteRange>> ranges,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        try {
            stored.representation().describe(response);
            response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
            if (!stored.list()) {
                response.setHeader("Repr-Digest", stored.archive().reprDigest());
            }
            sender.send(stored, open, ranges, request, response);
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /**
     * Looks into an archive; the request ends where it is damaged. What is found is there when this returns, or later
     * where reading archives waits for a network.
     */
    public <T> CompletableFuture<T> look(Archive archive, Look<T> look) throws IOException {
        if (outlet.isFar()) {
            return lookFar(FarReads.PATIENCE_TO_LOOK, archive, look);
        }
        try (SeekableByteChannel open = archives.open(archive)) {
            return CompletableFuture.completedFuture(lookups.run(() -> look.at(open)));
        }
    }

    /** The same, and waits for it, not for long. */
    <T> T lookNow(Archive archive, Look<T> look) throws IOException {
        if (!outlet.isFar()) {
            return look(archive, look).join();
        }
        return lookups.run(() -> {
            try {
                return lookFar(FarReads.PATIENCE, archive, look).join();
            } catch (CompletionException e) {
                if (Outlet.cause(e) instanceof ProblemException problem) {
                    throw problem;
                }
                throw e;
            }
        });
    }

    private <T> CompletableFuture<T> lookFar(Duration patience, Archive archive, Look<T> look) {
        return outlet.reads().look(patience, () -> {
            try (SeekableByteChannel open = archives.open(archive)) {
                return look.at(outlet.reads().remembering(archive.key(), open));
            }
        });
    }

    /** Finds something in an archive, and answers with it. */
    <T extends Closeable> void open(
            Archive archive,
            Find<T> find,
            FarAnswer.Next<T> next,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (outlet.isFar()) {
            FarAnswer.after(
                    () -> outlet.reads().look(FarReads.PATIENCE_TO_LOOK, () -> find(archive, find)),
                    next,
                    outlet,
                    request,
                    response);
        } else {
            next.with(lookups.run(() -> find(archive, find)));
        }
    }

    private <T> T find(Archive archive, Find<T> find) throws IOException {
        SeekableByteChannel open = archives.open(archive);
        try {
            return find.in(open, outlet.isFar() ? outlet.reads().remembering(archive.key(), open) : open);
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /** Sends something out of an archive. */
    void send(Body body, HttpServletRequest request, HttpServletResponse response) throws IOException {
        body.send(request, response, outlet);
    }

    /** What to send in parts; empty for the whole. A Range means something to GET only (section 14.2). */
    private static Optional<List<ByteRange>> ranges(
            Stored stored, Preconditions conditions, HttpServletRequest request) {
        Representation whole = stored.representation();
        long size = stored.bytes();
        List<String> lines = Collections.list(request.getHeaders(HttpHeaders.RANGE));
        boolean ranged = request.getMethod().equals("GET")
                && lines.size() == 1
                && conditions.allowsRange(whole.tag(), whole.modified());
        Optional<List<ByteRange>> asked = ranged ? RangeHeader.parse(lines.get(0), size) : Optional.empty();
        if (asked.isPresent() && asked.get().isEmpty()) {
            throw new ProblemException(ProblemType.RANGE_NOT_SATISFIABLE, "The file has " + size + " bytes.")
                    .withHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + size);
        }
        return asked.flatMap(some -> Spans.coalesce(some, size));
    }
}
