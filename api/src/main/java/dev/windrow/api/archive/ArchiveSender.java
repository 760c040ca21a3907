package dev.windrow.api.archive;

import dev.windrow.api.http.ByteRange;
import dev.windrow.api.http.Multipart;
import dev.windrow.common.artifact.ArtifactStore;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Puts the bytes on the wire: by the container's sendfile where it can, else copied in small pieces. Neither holds a
 * thread for a reader that is slow. Safe for use by many threads.
 */
final class ArchiveSender {
    private static final String SENDFILE = "org.apache.tomcat.sendfile.";
    private static final long WORTH_SENDFILE = 48 * 1024;

    private final ArtifactStore artifacts;
    private final DownloadLog log;

    ArchiveSender(ArtifactStore artifacts, DownloadLog log) {
        this.artifacts = artifacts;
        this.log = log;
    }

    /**
     * Sends the whole, one part, or several. The headers that describe the archive are set already.
     *
     * @param open closed when everything is sent, or now
     * @param ranges to send; empty for the whole
     */
    void send(
            Archive archive,
            SeekableByteChannel open,
            Optional<List<ByteRange>> ranges,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        long size = archive.bytes();
        List<ByteRange> parts = ranges.orElse(List.of(ByteRange.whole(size)));
        String what = parts.stream().map(part -> part.contentRange(size)).collect(Collectors.joining(", "));
        String asked = ranges.isPresent() ? what : null;
        if (ranges.isPresent()) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
        }
        if (parts.size() > 1) {
            String boundary = "part-" + archive.sha256().substring(0, 32) + "-" + request.getRequestId();
            Multipart multipart = new Multipart(parts, size, boundary, archive.mediaType());
            response.setContentType(multipart.contentType());
            InputStream source = new Closing(Parts.several(open, multipart), open);
            new Body(archive, what, asked, source, multipart.contentLength()).send(request, response, log);
            return;
        }
        ByteRange part = parts.get(0);
        if (ranges.isPresent()) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, part.contentRange(size));
        }
        response.setContentType(archive.mediaType());
        if (sendByContainer(archive, part, request)) {
            open.close();
            response.setContentLengthLong(part.length());
            log.handedOver(Sending.to(request, archive, what, asked, part.length()));
        } else {
            InputStream source = new Closing(Parts.one(open, part), open);
            new Body(archive, what, asked, source, part.length()).send(request, response, log);
        }
    }

    /**
     * Leaves the sending to the container, which then needs no thread for a slow reader. Not under TLS, where it costs
     * more than a copy, and never for HEAD, to which it would send a body; nor for a request that had to wait for its
     * turn, whose answer the container would forget to send.
     */
    private boolean sendByContainer(Archive archive, ByteRange part, HttpServletRequest request) throws IOException {
        boolean able = Boolean.TRUE.equals(request.getAttribute(SENDFILE + "support"))
                && request.getAttribute("jakarta.servlet.request.cipher_suite") == null
                && request.getDispatcherType() == DispatcherType.REQUEST
                && request.getMethod().equals("GET");
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
