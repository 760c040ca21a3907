package dev.windrow.api.archive;

import dev.windrow.api.http.AcceptEncoding;
import dev.windrow.api.http.EntityTags;
import dev.windrow.api.http.Preconditions;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.catalog.Format;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/** Answers requests for single files of archives, whoever asked and by which way. Safe for use by many threads. */
public final class EntryDelivery {
    private final Delivery delivery;

    public EntryDelivery(Delivery delivery) {
        this.delivery = delivery;
    }

    /** Ends the request unless the archive has a file of that name. Waits for the store. */
    public void require(Archive archive, String name) throws IOException {
        boolean isThere =
                delivery.lookNow(archive, open -> StoredEntry.find(open, name).isPresent());
        if (!isThere) {
            throw noSuchEntry();
        }
    }

    /** Sends one file of an archive, or says why not. */
    public void deliver(Archive archive, String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        delivery.open(
                archive,
                (open, look) -> look(open, look, name),
                looked -> answer(archive, name, looked, request, response),
                request,
                response);
    }

    /**
     * A file that was found.
     *
     * @param sha256 of its plain bytes, in hex, if that is known
     */
    private record Looked(StoredEntry entry, Optional<String> sha256) implements Closeable {
        @Override
        public void close() throws IOException {
            entry.close();
        }
    }

    private static Looked look(SeekableByteChannel open, SeekableByteChannel look, String name) throws IOException {
        StoredEntry entry = StoredEntry.find(look, name).orElseThrow(EntryDelivery::noSuchEntry);
        Optional<String> sha256 = new ArchiveManifest(look).sha256(name);
        entry.readFrom(open);
        return new Looked(entry, sha256);
    }

    private void answer(
            Archive archive, String name, Looked looked, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            if (!send(archive, name, looked, request, response)) {
                looked.close();
            }
        } catch (IOException | RuntimeException e) {
            looked.close();
            throw e;
        }
    }

    /** @return whether the entry is being sent, which closes it */
    private boolean send(
            Archive archive, String name, Looked looked, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        StoredEntry entry = looked.entry;
        boolean gzip = entry.hasGzip()
                && AcceptEncoding.prefersGzip(Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING)));
        String saved = name.substring(name.lastIndexOf('/') + 1);
        Representation file = new Representation(
                tag(archive, name, gzip),
                archive.modified(),
                saved,
                archive.origin().passing());
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (file.isNotModified(Preconditions.of(request), response)) {
            return false;
        }
        file.describe(response);
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "none");
        // An attachment may be a page with scripts; nobody is to open it as one of ours.
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
        response.setContentType(mediaType(name));
        if (gzip) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        } else {
            looked.sha256.ifPresent(hex -> response.setHeader("Repr-Digest", Archive.reprDigest(hex)));
        }
        String what = "file " + name + (gzip ? " as gzip" : "");
        delivery.send(new Body(archive, what, "file", entry.open(gzip), entry.length(gzip)), request, response);
        return true;
    }

    /** Strong: the archive's digest, the name and the coding leave no byte open. */
    private static String tag(Archive archive, String name, boolean gzip) {
        String text = archive.sha256() + "\n" + (gzip ? "gzip" : "identity") + "\n" + name;
        return EntityTags.strong(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a file of that name. */
    public static String mediaType(String name) {
        Optional<Format> format = Format.of(name.substring(name.lastIndexOf('.') + 1));
        if (format.isPresent()) {
            return format.get() == Format.CSV
                    ? format.get().mediaType() + ";charset=utf-8"
                    : format.get().mediaType();
        }
        return MediaTypeFactory.getMediaType(name)
                .orElse(MediaType.APPLICATION_OCTET_STREAM)
                .toString();
    }

    private static ProblemException noSuchEntry() {
        return new ProblemException(ProblemType.NOT_FOUND, "The archive has no such file.");
    }
}
