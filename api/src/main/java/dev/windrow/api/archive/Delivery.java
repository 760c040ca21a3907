package dev.windrow.api.archive;

import dev.windrow.api.http.ByteRange;
import dev.windrow.api.http.Preconditions;
import dev.windrow.api.http.RangeHeader;
import dev.windrow.api.http.Spans;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.artifact.ArtifactStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/** Answers requests for archives, whoever asked and by which way. Safe for use by many threads. */
public final class Delivery {
    private final StoredArchives archives;
    private final ArchiveSender sender;
    private final DownloadLog log;

    Delivery(StoredArchives archives, ArtifactStore artifacts, DownloadLog log) {
        this.archives = archives;
        this.sender = new ArchiveSender(artifacts, log);
        this.log = log;
    }

    /** Answers with the archive, or the parts of it that are asked for, or says why not. */
    public void deliver(Archive archive, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Preconditions conditions = Preconditions.of(request);
        Representation whole = new Representation(archive.tag(), archive.modified(), archive.name());
        if (whole.isNotModified(conditions, response)) {
            return;
        }
        Optional<List<ByteRange>> ranges = ranges(archive, conditions, request);
        SeekableByteChannel open = archives.open(archive);
        try {
            whole.describe(response);
            response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
            response.setHeader("Repr-Digest", archive.reprDigest());
            sender.send(archive, open, ranges, request, response);
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /** Opens an archive to send something out of it; ends the request where it is damaged. The caller closes it. */
    public SeekableByteChannel open(Archive archive) throws IOException {
        return archives.open(archive);
    }

    /** Sends something out of an archive. */
    void send(Body body, HttpServletRequest request, HttpServletResponse response) throws IOException {
        body.send(request, response, log);
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
}
