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
import org.jspecify.annotations.Nullable;
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
    private final Outlet outlet;

    ArchiveSender(ArtifactStore artifacts, Outlet outlet) {
        this.artifacts = artifacts;
        this.outlet = outlet;
    }

    /**
     * What lies in the store and is sent as it lies there.
     *
     * @param archive that it is, or belongs to
     * @param key its name in the store
     * @param bytes its length
     * @param list whether it is the list of the archive's blocks
     */
    record Stored(Archive archive, String key, long bytes, boolean list) {
        static Stored whole(Archive archive) {
            return new Stored(archive, archive.key(), archive.bytes(), false);
        }

        static Stored list(Archive archive, long bytes) {
            return new Stored(archive, archive.artifact().blocksKey(), bytes, true);
        }

        Representation representation() {
            return list ? Representation.ofBlocks(archive, false) : Representation.of(archive);
        }

        String mediaType() {
            return list ? Representation.BLOCKS_TYPE : archive.mediaType();
        }

        /** For the log. */
        private String what(String ranges) {
            return list ? "blocks, " + ranges : ranges;
        }

        /** As {@link Sending} has it. */
        private @Nullable String part(@Nullable String ranges) {
            return list ? "blocks" : ranges;
        }
    }

    /**
     * Sends the whole, one part, or several. The headers that describe it are set already.
     *
     * @param open closed when everything is sent, or now
     * @param ranges to send; empty for the whole
     */
    void send(
            Stored stored,
            SeekableByteChannel open,
            Optional<List<ByteRange>> ranges,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Archive archive = stored.archive;
        long size = stored.bytes;
        List<ByteRange> parts = ranges.orElse(List.of(ByteRange.whole(size)));
        String sent = parts.stream().map(part -> part.contentRange(size)).collect(Collectors.joining(", "));
        String what = stored.what(sent);
        String asked = stored.part(ranges.isPresent() ? sent : null);
        if (ranges.isPresent()) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
        }
        if (parts.size() > 1) {
            String boundary = "part-" + archive.sha256().substring(0, 32) + "-" + request.getRequestId();
            Multipart multipart = new Multipart(parts, size, boundary, stored.mediaType());
            response.setContentType(multipart.contentType());
            InputStream source = new Closing(Parts.several(open, multipart), open);
            new Body(archive, what, asked, source, multipart.contentLength()).send(request, response, outlet);
            return;
        }
        ByteRange part = parts.get(0);
        if (ranges.isPresent()) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, part.contentRange(size));
        }
        response.setContentType(stored.mediaType());
        if (sendByContainer(stored, part, request)) {
            open.close();
            response.setContentLengthLong(part.length());
            DownloadLog log = outlet.log();
            log.handedOver(log.begun(request, archive, what, asked, part.length()));
        } else {
            InputStream source = new Closing(Parts.one(open, part), open);
            new Body(archive, what, asked, source, part.length()).send(request, response, outlet);
        }
    }

    /**
     * Leaves the sending to the container, which then needs no thread for a slow reader. Not under TLS, where it costs
     * more than a copy, and never for HEAD, to which it would send a body; nor for a request that had to wait for its
     * turn, whose answer the container would forget to send.
     */
    private boolean sendByContainer(Stored stored, ByteRange part, HttpServletRequest request) throws IOException {
        boolean able = Boolean.TRUE.equals(request.getAttribute(SENDFILE + "support"))
                && request.getAttribute("jakarta.servlet.request.cipher_suite") == null
                && request.getDispatcherType() == DispatcherType.REQUEST
                && request.getMethod().equals("GET");
        Optional<Path> file =
                able && part.length() > WORTH_SENDFILE ? artifacts.localFile(stored.key) : Optional.empty();
        if (file.isEmpty()) {
            return false;
        }
        request.setAttribute(SENDFILE + "filename", file.get().toRealPath().toString());
        request.setAttribute(SENDFILE + "start", part.first());
        request.setAttribute(SENDFILE + "end", part.last() + 1);
        return true;
    }
}
