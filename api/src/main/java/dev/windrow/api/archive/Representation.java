package dev.windrow.api.archive;

import dev.windrow.api.http.EntityTags;
import dev.windrow.api.http.HttpDates;
import dev.windrow.api.http.Preconditions;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * What an answer may send, as its headers describe it (RFC 9110, section 8).
 *
 * @param tag strong, quoted
 * @param modified to the second
 * @param name under which it is saved
 * @param passing whether the address will have another one day, so that caches ask each time
 */
record Representation(String tag, Instant modified, String name, boolean passing) {
    /** Neither for others nor to be changed on its way. */
    static final String CACHE_CONTROL = "private, no-transform";

    /** Of the list of an archive's blocks. */
    static final String BLOCKS_TYPE = "application/vnd.windrow.blocks+json";

    private static final String BLOCKS_EXTENSION = ".blocks.json";

    /** A whole archive. */
    static Representation of(Archive archive) {
        return new Representation(
                archive.tag(),
                archive.modified(),
                archive.name(),
                archive.origin().passing());
    }

    /**
     * The list of an archive's blocks, which is made of the archive's bytes alone. Another server's zlib may make other
     * bytes of its gzip form; since no range of that is ever sent, nobody puts parts of two together.
     */
    static Representation ofBlocks(Archive archive, boolean gzip) {
        String what = archive.sha256() + "\nblocks" + (gzip ? "\ngzip" : "");
        return new Representation(
                EntityTags.strong(what.getBytes(StandardCharsets.US_ASCII)),
                archive.modified(),
                archive.name() + BLOCKS_EXTENSION,
                archive.origin().passing());
    }

    /** Who may keep an answer about it. */
    String cacheControl() {
        return passing ? CACHE_CONTROL + ", no-cache" : CACHE_CONTROL;
    }

    /** Ends the request where the conditions do not hold; says whether the caller has it, and has been told so. */
    boolean isNotModified(Preconditions conditions, HttpServletResponse response) {
        return switch (conditions.evaluate(tag, modified)) {
            case FAILED ->
                throw new ProblemException(
                        ProblemType.PRECONDITION_FAILED, "The file is not the one that was asked for.");
            case NOT_MODIFIED -> {
                response.setStatus(HttpStatus.NOT_MODIFIED.value());
                validate(response);
                yield true;
            }
            case PROCEED -> false;
        };
    }

    /** Sets the headers of an answer that sends it. */
    void describe(HttpServletResponse response) {
        validate(response);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition());
    }

    /** Under which name it is saved (RFC 6266). */
    String disposition() {
        return ContentDisposition.attachment()
                .filename(name, StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    /** The headers that a 304 has too (section 15.4.5). */
    private void validate(HttpServletResponse response) {
        response.setHeader(HttpHeaders.ETAG, tag);
        response.setHeader(HttpHeaders.LAST_MODIFIED, HttpDates.format(modified));
        response.setHeader(HttpHeaders.CACHE_CONTROL, cacheControl());
        // A proxy that collects a file before it passes it on fills its disk (nginx).
        response.setHeader("X-Accel-Buffering", "no");
    }
}
