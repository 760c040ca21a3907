package dev.windrow.api.archive;

import dev.windrow.api.http.ByteRange;
import dev.windrow.common.artifact.DirectLinks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Sends plain requests for archives to the place where those are kept, by addresses that are signed for a short time.
 * What the store would answer otherwise than we do is not sent there: HEAD, for which an address is not signed, several
 * ranges, and every condition, since the store has another tag; nor what a script asks for, which another host would
 * have to allow. Safe for use by many threads.
 */
final class Redirects {
    /** Looked at when a request begins, and a resume asks us again. */
    private static final Duration VALID = Duration.ofMinutes(5);

    private static final Pattern ONE_RANGE =
            Pattern.compile("bytes=(?:[0-9]{1,18}-[0-9]{0,18}|-[0-9]{1,18})", Pattern.CASE_INSENSITIVE);
    private static final List<String> CONDITIONS = List.of(
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH,
            HttpHeaders.IF_MODIFIED_SINCE,
            HttpHeaders.IF_UNMODIFIED_SINCE,
            HttpHeaders.IF_RANGE);

    private final DirectLinks links;
    private final DownloadLog log;
    private final Clock clock;

    Redirects(DirectLinks links, DownloadLog log, Clock clock) {
        this.links = links;
        this.log = log;
        this.clock = clock;
    }

    /**
     * An archive that is there, and where else it is had.
     *
     * @param address a secret; empty where there is none
     */
    record Found(SeekableByteChannel open, Optional<URI> address) implements Closeable {
        @Override
        public void close() throws IOException {
            open.close();
        }
    }

    /** Whether the store would answer the request as we do. */
    boolean fits(HttpServletRequest request) {
        List<String> ranges = Collections.list(request.getHeaders(HttpHeaders.RANGE));
        String mode = request.getHeader("Sec-Fetch-Mode");
        return links != DirectLinks.NONE
                && request.getMethod().equals("GET")
                && (ranges.isEmpty()
                        || ranges.size() == 1
                                && ONE_RANGE.matcher(ranges.get(0)).matches())
                && CONDITIONS.stream().allMatch(name -> request.getHeader(name) == null)
                && (mode == null || mode.equals("navigate"));
    }

    /** May wait for the store, and for whoever gives the keys that sign. */
    Found find(SeekableByteChannel open, Archive archive) throws IOException {
        Instant now = clock.instant();
        Duration left = Duration.between(now, archive.expires());
        Duration valid = Stream.of(VALID, left).min(Duration::compareTo).orElseThrow();
        Representation whole = Representation.of(archive);
        DirectLinks.Headers headers =
                new DirectLinks.Headers(archive.mediaType(), whole.disposition(), Representation.CACHE_CONTROL);
        try {
            return new Found(open, links.to(archive.key(), headers, valid));
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /** @param ranges as they were asked for; one, or none for the whole */
    void answer(
            Found found,
            Archive archive,
            Optional<List<ByteRange>> ranges,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        found.close();
        URI address = found.address().orElseThrow(() -> new IOException("the store gives no address"));
        response.setStatus(HttpStatus.TEMPORARY_REDIRECT.value());
        response.setHeader(HttpHeaders.LOCATION, address.toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(0);
        long size = archive.bytes();
        ByteRange part = ranges.map(some -> some.get(0)).orElse(ByteRange.whole(size));
        String what = part.contentRange(size);
        log.redirected(log.begun(request, archive, what, ranges.isPresent() ? what : null, part.length()));
    }
}
