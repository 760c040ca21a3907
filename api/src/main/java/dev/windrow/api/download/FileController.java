package dev.windrow.api.download;

import dev.windrow.api.access.Caller;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.problem.QueryParameters;
import dev.windrow.api.status.ExportPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Gives out archives and their checksums. What a client accepts is not asked: a ZIP is all there is (RFC 9110, section 12.4.1). */
@RestController
public final class FileController {
    private final Archives archives;
    private final ArchiveSender sender;

    public FileController(Archives archives, ArchiveSender sender) {
        this.archives = archives;
        this.sender = sender;
    }

    @RequestMapping(
            path = ExportPaths.EXPORT + "/file",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void file(@PathVariable("id") String id, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        QueryParameters.none(request);
        Archive archive = archives.of(id, caller.name());
        Preconditions conditions = conditions(request);
        switch (conditions.evaluate(archive.tag(), archive.modified())) {
            case FAILED ->
                throw new ProblemException(
                        ProblemType.PRECONDITION_FAILED, "The file is not the one that was asked for.");
            case NOT_MODIFIED -> {
                response.setStatus(HttpStatus.NOT_MODIFIED.value());
                describe(archive, response);
            }
            case PROCEED -> send(archive, ranges(archive, conditions, request), request, response);
        }
    }

    /** What to send in parts; empty for the whole. A Range means something to GET only (section 14.2). */
    private static Optional<List<ByteRange>> ranges(
            Archive archive, Preconditions conditions, HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders(HttpHeaders.RANGE));
        boolean ranged = request.getMethod().equals("GET")
                && lines.size() == 1
                && conditions.allowsRange(archive.tag(), archive.modified());
        Optional<List<ByteRange>> asked = ranged ? RangeHeader.parse(lines.get(0), archive.bytes()) : Optional.empty();
        if (asked.isPresent() && asked.get().isEmpty()) {
            throw new ProblemException(ProblemType.RANGE_NOT_SATISFIABLE, "The file has " + archive.bytes() + " bytes.")
                    .withHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + archive.bytes());
        }
        return asked.flatMap(some -> Spans.coalesce(some, archive.bytes()));
    }

    private void send(
            Archive archive, Optional<List<ByteRange>> ranges, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try (OpenArchive open = sender.open(archive)) {
            describe(archive, response);
            response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
            response.setHeader("Repr-Digest", archive.reprDigest());
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(archive.name(), StandardCharsets.UTF_8)
                            .build()
                            .toString());
            sender.send(open, ranges, request, response);
        }
    }

    /** The headers that a 304 has too (section 15.4.5). */
    private static void describe(Archive archive, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ETAG, archive.tag());
        response.setHeader(HttpHeaders.LAST_MODIFIED, HttpDates.format(archive.modified()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-transform");
    }

    private static Preconditions conditions(HttpServletRequest request) {
        return new Preconditions(
                Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)),
                request.getHeader(HttpHeaders.IF_UNMODIFIED_SINCE),
                Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH)),
                request.getHeader(HttpHeaders.IF_MODIFIED_SINCE),
                request.getHeader(HttpHeaders.IF_RANGE));
    }

    @GetMapping(ExportPaths.EXPORT + "/file.sha256")
    void checksum(
            @PathVariable("id") String id, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        QueryParameters.none(request);
        byte[] line = archives.of(id, caller.name()).checksumLine().getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain;charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-transform");
        response.setContentLength(line.length);
        response.getOutputStream().write(line);
    }
}
