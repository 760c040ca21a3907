package dev.windrow.client;

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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One archive on its way here. After a cut it asks for the rest by {@code Range} with {@code If-Range} (RFC 9110,
 * 13.1.5 and 14.2), so that bytes of another archive are never put behind those that are here.
 */
final class ArchiveDownload {
    private static final int BUFFER = 64 * 1024;

    private final Wire wire;
    private final ProgressListener listener;
    private final String export;
    private final ExportStatus.Archive archive;
    private final PartialDownload partial;
    private @Nullable String etag;

    ArchiveDownload(Wire wire, ProgressListener listener, ExportStatus completed, PartialDownload partial) {
        this.wire = wire;
        this.listener = listener;
        this.partial = partial;
        export = completed.id();
        archive = Objects.requireNonNull(completed.archive(), "archive");
    }

    void run(boolean replace) throws ClientException, InterruptedException, IOException {
        refuseToReplace(replace);
        etag = partial.etagOf(export).orElse(null);
        try (FileChannel file = FileChannel.open(
                partial.bytes(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            fetchAll(file);
            verify(file);
            file.force(true);
        }
        refuseToReplace(replace);
        Files.move(
                partial.bytes(), partial.target(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        partial.forget();
    }

    private void refuseToReplace(boolean replace) throws FileAlreadyExistsException {
        Path target = partial.target();
        if (!replace && Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }

    private void fetchAll(FileChannel file) throws ClientException, InterruptedException, IOException {
        if (etag == null || file.size() > archive.bytes()) {
            file.truncate(0);
        }
        Retries retries = wire.retries();
        listener.download(file.size(), archive.bytes());
        while (file.size() < archive.bytes()) {
            long before = file.size();
            fetch(file);
            if (file.size() > before) {
                retries.succeeded();
            }
            if (file.size() < archive.bytes()) {
                retries.pause("The download was cut", null, wire.patience().afterLoss());
            }
        }
    }

    /** Brings what it can; where the file ends tells how much that was. */
    private void fetch(FileChannel file) throws ClientException, InterruptedException, IOException {
        long from = file.size();
        HttpRequest.Builder request = wire.to("api/v1/exports/" + export + "/file");
        if (from > 0 && etag != null) {
            request.header("Range", "bytes=" + from + "-").header("If-Range", etag);
        }
        HttpResponse<InputStream> answer = wire.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() == 206 && startsAt(answer, from)) {
                copy(body, file);
            } else if (answer.statusCode() == 200) {
                begin(file, answer);
                copy(body, file);
            } else if (answer.statusCode() == 206 || answer.statusCode() == 416) {
                // Not what was asked for: from the start, then, and within the same patience.
                file.truncate(0);
                etag = null;
            } else {
                byte[] text = body.readNBytes(BUFFER);
                throw ClientException.failed(Problem.of(answer, text).words());
            }
        }
    }

    private void begin(FileChannel file, HttpResponse<?> answer) throws IOException {
        file.truncate(0);
        etag = answer.headers()
                .firstValue("ETag")
                .filter(tag -> tag.startsWith("\""))
                .orElse(null);
        partial.rememberEtag(export, etag == null ? "" : etag);
    }

    private static boolean startsAt(HttpResponse<?> answer, long from) {
        return answer.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + from + "-");
    }

    /** Ends when the body does, whole or cut: a cut is no error here, for the rest can be had. */
    private void copy(InputStream body, FileChannel file) throws IOException {
        long size = file.position(file.size()).position();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (StallGuard guard = new StallGuard(body, wire.patience().silence());
                ReadableByteChannel source = Channels.newChannel(body)) {
            while (size < archive.bytes() && read(source, buffer)) {
                guard.moved();
                buffer.flip().limit((int) Math.min(buffer.limit(), archive.bytes() - size));
                while (buffer.hasRemaining()) {
                    size += file.write(buffer);
                }
                buffer.clear();
                listener.download(size, archive.bytes());
            }
        }
    }

    private static boolean read(ReadableByteChannel source, ByteBuffer buffer) {
        try {
            return source.read(buffer) >= 0;
        } catch (IOException cut) {
            return false;
        }
    }

    private void verify(FileChannel file) throws ClientException, IOException {
        String arrived = sha256(file);
        if (!arrived.equals(archive.sha256())) {
            partial.forget();
            throw ClientException.failed("The archive of export " + export + " is damaged: its SHA-256 is " + arrived
                    + ", but the server says " + Problem.plain(archive.sha256()));
        }
    }

    private static String sha256(FileChannel file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            file.position(0);
            while (file.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
