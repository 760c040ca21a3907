package dev.windrow.client;

import dev.windrow.client.block.EarlierArchive;
import dev.windrow.client.block.Recipe;
import dev.windrow.client.block.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One archive on its way here. After a cut it asks for the rest by {@code Range} with {@code If-Range} (RFC 9110,
 * 13.1.5 and 14.2), so that bytes of another archive are never put behind those that are here. With an earlier archive
 * it asks in the same way for what that one lacks, and takes what lies between from there: so what is here is the
 * beginning of the archive at any moment, and another download, with or without an earlier archive, goes on with it.
 */
final class ArchiveDownload {
    private static final int BUFFER = 64 * 1024;
    /** To where the archive is kept: the same request there (RFC 9110, 15.4.8), but for what is the server's. */
    private static final int REDIRECT = 307;

    private final Wire wire;
    private final ProgressListener listener;
    private final String export;
    private final ExportStatus.Archive archive;
    private final PartialDownload partial;
    private @Nullable String etag;
    /** How the archive is put together; null where it comes from the server alone. */
    private @Nullable Recipe recipe;
    /** Bytes that the server has sent. */
    private long fetched;
    /** Whether the place that the server has sent us to gave nothing. */
    private boolean refusesRedirects;

    ArchiveDownload(Wire wire, ProgressListener listener, ExportStatus completed, PartialDownload partial) {
        this.wire = wire;
        this.listener = listener;
        this.partial = partial;
        export = completed.id();
        archive = Objects.requireNonNull(completed.archive(), "archive");
    }

    /** @param base an earlier archive to take from what it has of this one; null for none */
    void run(@Nullable Path base, boolean replace) throws ClientException, InterruptedException, IOException {
        refuseToReplace(replace);
        try (FileChannel file = partial.open()) {
            refuseAsBase(base);
            etag = partial.etagOf(export).orElse(null);
            String arrived = base == null ? fetchAll(file, null) : fetchOver(base, file);
            verify(arrived);
            file.force(true);
            refuseToReplace(replace);
            partial.publish();
        }
    }

    /** It would be read while it is written; and closing it for reading would give up the lock, on most systems. */
    private void refuseAsBase(@Nullable Path base) throws ClientException, IOException {
        if (base != null && Files.exists(base) && Files.isSameFile(base, partial.bytes())) {
            throw ClientException.failed(
                    base + " is what this download writes to; give an earlier archive that is whole,"
                            + " or none: what is there is taken up in any case");
        }
    }

    private void refuseToReplace(boolean replace) throws FileAlreadyExistsException {
        Path target = partial.target();
        if (!replace && Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }

    /** How many bytes the server has sent, those of the list of blocks among them. */
    long fetched() {
        return fetched;
    }

    /** As {@link #fetchAll}; nothing that the earlier archive does is the end, for the server has all of this one. */
    private String fetchOver(Path base, FileChannel file) throws ClientException, InterruptedException, IOException {
        try (EarlierArchive earlier = EarlierArchive.open(base)) {
            recipe = recipe(earlier);
            if (recipe != null && !tag().equals(etag)) {
                begin(file, tag());
            }
            boolean allByTheServer = recipe == null && file.size() == 0;
            String arrived = fetchAll(file, earlier);
            if (allByTheServer || arrived.equals(archive.sha256())) {
                return arrived;
            }
            fetchAsAWhole("what it was put together of does not make it");
        }
        etag = null;
        return fetchAll(file, null);
    }

    /** What the earlier archive has of this one; null where that is nothing, and the listener has been told why. */
    private @Nullable Recipe recipe(EarlierArchive earlier) throws InterruptedException {
        if (!earlier.look()) {
            fetchAsAWhole("the earlier archive can't be read");
            return null;
        }
        try {
            return listed(earlier);
        } catch (ClientException e) {
            // The archive may be had all the same; where it can't either, its own request says why.
            fetchAsAWhole("the list of its blocks can't be had: " + e.getMessage());
            return null;
        }
    }

    private @Nullable Recipe listed(EarlierArchive earlier) throws ClientException, InterruptedException {
        Retries retries = wire.retries();
        while (true) {
            HttpResponse<InputStream> answer =
                    wire.send(wire.to("api/v1/exports/" + export + "/blocks").build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body();
                    StallGuard guard = new StallGuard(body, wire.patience().silence())) {
                if (answer.statusCode() != 200) {
                    fetchAsAWhole("the server has no list of its blocks");
                    return null;
                }
                InputStream list = guard.watch(body, count -> fetched += count);
                Recipe read = Recipe.of(list, archive.sha256(), archive.bytes(), earlier);
                if (read.saves()) {
                    return read;
                }
                fetchAsAWhole("the earlier archive has too little of it");
                return null;
            } catch (Recipe.MisfitException e) {
                fetchAsAWhole("the server's list of its blocks does not fit: " + e.getMessage());
                return null;
            } catch (IOException cut) {
                retries.pause("The download was cut", null, wire.patience().afterLoss());
            }
        }
    }

    private void fetchAsAWhole(String why) {
        recipe = null;
        listener.note("The archive is downloaded as a whole: " + why);
    }

    /**
     * Fetches all that is not here.
     *
     * @param earlier where the recipe takes from; null where there is none
     * @return the digest of what is here then
     */
    private String fetchAll(FileChannel file, @Nullable EarlierArchive earlier)
            throws ClientException, InterruptedException, IOException {
        if (etag == null || file.size() > archive.bytes()) {
            file.truncate(0);
        }
        Retries retries = wire.retries();
        listener.download(file.size(), archive.bytes());
        while (file.size() < archive.bytes()) {
            long before = file.size();
            Recipe.Piece next = recipe == null ? new Recipe.Piece(before, archive.bytes(), -1) : recipe.at(before);
            if (earlier != null && next.isHere()) {
                take(next, earlier, file);
            } else {
                fetch(next.to(), file);
            }
            if (file.size() > before) {
                retries.succeeded();
            }
            if (file.size() < next.to()) {
                retries.pause("The download was cut", null, wire.patience().afterLoss());
            }
        }
        return Sha256.of(file);
    }

    /** Takes a piece, or the rest of it, out of the earlier archive; of one that has become shorter nothing is kept. */
    private void take(Recipe.Piece piece, EarlierArchive earlier, FileChannel file) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long size = file.position(file.size()).position();
        while (size < piece.to()) {
            buffer.clear().limit((int) Math.min(BUFFER, piece.to() - size));
            if (!earlier.read(buffer, piece.source() + size - piece.from())) {
                fetchAsAWhole("the earlier archive has changed");
                file.truncate(0);
                etag = null;
                return;
            }
            size = write(buffer.flip(), size, file);
        }
    }

    /**
     * Brings what it can; where the file ends tells how much that was.
     *
     * @param to the end of what is wanted
     */
    private void fetch(long to, FileChannel file) throws ClientException, InterruptedException, IOException {
        long from = file.size();
        HttpRequest.Builder request = wire.to("api/v1/exports/" + export + "/" + archive.path());
        if (etag != null && (from > 0 || recipe != null)) {
            String range = "bytes=" + from + "-" + (recipe == null ? "" : to - 1);
            request.header("Range", range).header("If-Range", etag);
        } else if (refusesRedirects) {
            // What has a condition the server answers by itself.
            request.header("If-Match", tag());
        }
        HttpResponse<InputStream> answer = wire.send(request.build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() == REDIRECT) {
            answer.body().close();
            fetchElsewhere(file, answer);
            return;
        }
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == 206 && startsAt(answer, from)) {
                copy(body, to, file);
            } else if (answer.statusCode() == 200) {
                noParts();
                begin(
                        file,
                        answer.headers()
                                .firstValue("ETag")
                                .filter(tag -> tag.startsWith("\""))
                                .orElse(null));
                copy(body, archive.bytes(), file);
            } else if (answer.statusCode() == 206 || answer.statusCode() == 416) {
                // Not what was asked for: from the start, then, and within the same patience.
                noParts();
                file.truncate(0);
                etag = null;
            } else {
                byte[] text = body.readNBytes(BUFFER);
                throw ClientException.failed(Problem.of(answer, text).words());
            }
        }
    }

    /**
     * From the start, from where the server keeps the archive. Nothing that goes wrong there is the end: the server
     * gives it by itself, too.
     */
    private void fetchElsewhere(FileChannel file, HttpResponse<?> redirect) throws InterruptedException, IOException {
        refusesRedirects = true;
        Optional<HttpRequest.Builder> request = wire.elsewhere(redirect);
        if (request.isEmpty()) {
            return;
        }
        HttpResponse<InputStream> answer;
        try {
            answer = wire.ask(request.get().build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            return;
        }
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == 200) {
                // The tag of that place means nothing to the server, which makes its own of the digest.
                begin(file, tag());
                copy(body, archive.bytes(), file);
            }
        }
    }

    private void noParts() {
        if (recipe != null) {
            fetchAsAWhole("the server gives no parts of it");
        }
    }

    private String tag() {
        return '"' + archive.sha256() + '"';
    }

    private void begin(FileChannel file, @Nullable String tag) throws IOException {
        file.truncate(0);
        etag = tag;
        partial.rememberEtag(export, tag == null ? "" : tag);
    }

    private static boolean startsAt(HttpResponse<?> answer, long from) {
        return answer.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + from + "-");
    }

    /** Ends when the body does, whole or cut: a cut is no error here, for the rest can be had. */
    private void copy(InputStream body, long to, FileChannel file) throws IOException {
        long size = file.position(file.size()).position();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (StallGuard guard = new StallGuard(body, wire.patience().silence());
                ReadableByteChannel source = Channels.newChannel(body)) {
            while (size < to && read(source, buffer)) {
                guard.moved();
                fetched += buffer.position();
                buffer.flip().limit((int) Math.min(buffer.limit(), to - size));
                size = write(buffer, size, file);
                buffer.clear();
            }
        }
    }

    private long write(ByteBuffer buffer, long at, FileChannel file) throws IOException {
        long size = at;
        while (buffer.hasRemaining()) {
            size += file.write(buffer);
        }
        listener.download(size, archive.bytes());
        return size;
    }

    private static boolean read(ReadableByteChannel source, ByteBuffer buffer) {
        try {
            return source.read(buffer) >= 0;
        } catch (IOException cut) {
            return false;
        }
    }

    private void verify(String arrived) throws ClientException, IOException {
        if (!arrived.equals(archive.sha256())) {
            partial.forget();
            throw ClientException.failed((archive.isWhole() ? "The archive" : "The file") + " of export " + export
                    + " is damaged: its SHA-256 is " + arrived + ", but the server says "
                    + Problem.plain(archive.sha256()));
        }
    }
}
