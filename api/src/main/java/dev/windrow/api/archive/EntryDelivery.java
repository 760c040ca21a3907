package dev.windrow.api.archive;

import dev.windrow.api.http.AcceptEncoding;
import dev.windrow.api.http.EntityTags;
import dev.windrow.api.http.Preconditions;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.catalog.Format;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
    private final Lookups lookups;

    public EntryDelivery(Delivery delivery, Lookups lookups) {
        this.delivery = delivery;
        this.lookups = lookups;
    }

    /** Ends the request unless the archive has a file of that name. */
    public void require(Archive archive, String name) throws IOException {
        try (SeekableByteChannel open = delivery.open(archive)) {
            lookups.run(() -> look(open, name)).entry.close();
        }
    }

    /** Sends one file of an archive, or says why not. */
    public void deliver(Archive archive, String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        SeekableByteChannel open = delivery.open(archive);
        try {
            Looked looked = lookups.run(() -> look(open, name));
            if (!answer(archive, name, looked, request, response)) {
                looked.entry.close();
            }
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private record Looked(StoredEntry entry, Optional<String> sha256) {}

    private static Looked look(SeekableByteChannel open, String name) throws IOException {
        StoredEntry entry = StoredEntry.find(open, name).orElseThrow(EntryDelivery::noSuchEntry);
        return new Looked(entry, new ArchiveManifest(open).sha256(name));
    }

    /** @return whether the entry is being sent, which closes it */
    private boolean answer(
            Archive archive, String name, Looked looked, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        StoredEntry entry = looked.entry;
        boolean gzip = entry.hasGzip()
                && AcceptEncoding.prefersGzip(Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING)));
        String saved = name.substring(name.lastIndexOf('/') + 1);
        Representation file = new Representation(tag(archive, name, gzip), archive.modified(), saved);
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
