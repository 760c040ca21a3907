package dev.windrow.api.download;

import dev.windrow.common.artifact.ArtifactStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Puts the bytes on the wire: by the container's sendfile where it can, else copied in small pieces. Safe for use by many threads. */
public final class ArchiveSender {
    private static final String ZIP = "application/zip";
    private static final String SENDFILE = "org.apache.tomcat.sendfile.";
    private static final long WORTH_SENDFILE = 48 * 1024;

    private final ArtifactStore artifacts;

    public ArchiveSender(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * Opens the archive.
     *
     * @throws IOException when it is not there or not what its row says: wrong bytes are never sent
     */
    OpenArchive open(Archive archive) throws IOException {
        SeekableByteChannel channel = artifacts.open(archive.key());
        try {
            if (channel.size() != archive.bytes()) {
                throw new IOException("artifact " + archive.key() + " has " + channel.size() + " bytes, not "
                        + archive.bytes() + " as its row says");
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new OpenArchive(archive, channel);
    }

    /** Sends the whole, one part, or several. The headers that describe the archive are set already. */
    void send(
            OpenArchive open,
            Optional<List<ByteRange>> ranges,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        long size = open.archive().bytes();
        List<ByteRange> parts = ranges.orElse(List.of(ByteRange.whole(size)));
        if (ranges.isPresent()) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
        }
        if (parts.size() > 1) {
            sendParts(open, parts, request, response);
            return;
        }
        ByteRange part = parts.get(0);
        if (ranges.isPresent()) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, part.contentRange(size));
        }
        response.setContentType(ZIP);
        response.setContentLengthLong(part.length());
        boolean body = !request.getMethod().equals("HEAD");
        if (body && !sendByContainer(open.archive(), part, request)) {
            open.copy(part, response.getOutputStream());
        }
    }

    private static void sendParts(
            OpenArchive open, List<ByteRange> parts, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String boundary = "part-" + open.archive().sha256().substring(0, 32) + "-" + request.getRequestId();
        Multipart multipart = new Multipart(parts, open.archive().bytes(), boundary, ZIP);
        response.setContentType(multipart.contentType());
        response.setContentLengthLong(multipart.contentLength());
        OutputStream out = response.getOutputStream();
        for (ByteRange part : parts) {
            out.write(multipart.head(part));
            open.copy(part, out);
        }
        out.write(multipart.tail());
    }

    /**
     * Leaves the sending to the container, which then needs no thread for a slow reader. Not under TLS, where it costs more than a
     * copy, and never for HEAD, to which it would send a body.
     */
    private boolean sendByContainer(Archive archive, ByteRange part, HttpServletRequest request) throws IOException {
        boolean able = Boolean.TRUE.equals(request.getAttribute(SENDFILE + "support"))
                && request.getAttribute("jakarta.servlet.request.cipher_suite") == null;
        Optional<Path> file =
                able && part.length() > WORTH_SENDFILE ? artifacts.localFile(archive.key()) : Optional.empty();
        if (file.isEmpty()) {
            return false;
        }
        request.setAttribute(SENDFILE + "filename", file.get().toRealPath().toString());
        request.setAttribute(SENDFILE + "start", part.first());
        request.setAttribute(SENDFILE + "end", part.last() + 1);
        return true;
    }
}
