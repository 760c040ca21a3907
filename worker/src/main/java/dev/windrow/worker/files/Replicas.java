package dev.windrow.worker.files;

import dev.windrow.common.artifact.OwnerOnly;
import dev.windrow.common.artifact.Segments;
import dev.windrow.common.artifact.Segments.Segment;
import dev.windrow.common.export.Checkpoint.Replica;
import dev.windrow.common.export.Checkpoint.Span;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of the runs of this process is kept where all workers see it; {@link #NONE} where workers share nothing but
 * their home. Thread-safe.
 */
public final class Replicas {
    /** Nothing is: no thread, no file and no statement more. */
    public static final Replicas NONE = new Replicas();

    private static final Logger log = LoggerFactory.getLogger(Replicas.class);

    private final @Nullable Segments segments;
    private final long least;
    private final Duration patience;
    private final Map<Claim, SegmentWriter> writers = new ConcurrentHashMap<>();

    private Replicas() {
        this.segments = null;
        this.least = 0;
        this.patience = Duration.ZERO;
    }

    /**
     * @param bytes how much a file must have grown for that to be kept; at least what the segments need
     * @param patience how long a run waits for the store, once it can't go on without
     */
    public Replicas(Segments segments, long bytes, Duration patience) {
        this.segments = segments;
        this.least = Math.max(bytes, segments.least());
        this.patience = patience;
    }

    /** Whether anything is kept, and so whether the store is one that may be away. */
    boolean areKept() {
        return segments != null;
    }

    /** How long a run waits for what keeps them. */
    Duration patience() {
        return patience;
    }

    /**
     * Begins to keep what a run's file grows by.
     *
     * @param file the claim's own
     * @param inherited what is kept of its beginning already; null for nothing
     * @param told asked to say in the status table what is kept; false when the claim is lost
     */
    public Replication begin(Claim claim, Path file, @Nullable Replica inherited, Predicate<Replica> told) {
        if (segments == null) {
            return Replication.NONE;
        }
        SegmentWriter writer = new SegmentWriter(segments, claim, file, least, inherited, told);
        writers.put(claim, writer);
        return writer;
    }

    /**
     * Writes what is kept into a file, and syncs it.
     *
     * @param file made anew
     * @param wait asked for each part, which may have to be waited for
     * @throws NoSuchFileException when not all of it is there
     */
    void fetch(ExportId id, Replica replica, Path file, Waiting wait, LongConsumer read) throws IOException {
        Segments kept = segments;
        if (kept == null) {
            throw new NoSuchFileException(file.toString());
        }
        List<Segment> chain = wait.until(() -> chain(kept, id, replica));
        FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING),
                        OwnerOnly.file())
                .close();
        for (Segment segment : chain) {
            wait.until(() -> {
                kept.fetch(segment, file, read);
                return segment;
            });
        }
        try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (written.size() != replica.checkpoint().length()) {
                throw new NoSuchFileException(file.toString(), null, "fetched, and of another length");
            }
            written.force(true);
        }
    }

    /** The segments that hold what is kept; none where they are not all there. */
    List<Segment> of(ExportId id, @Nullable Replica replica) throws IOException {
        if (segments == null || replica == null) {
            return List.of();
        }
        try {
            return chain(segments, id, replica);
        } catch (NoSuchFileException e) {
            log.debug("not all there: {}", e.getMessage());
            return List.of();
        }
    }

    /** One after the other without a gap; what a claim kept beyond its span is of nobody. */
    private static List<Segment> chain(Segments segments, ExportId id, Replica replica) throws IOException {
        List<Segment> chain = new ArrayList<>();
        long reached = 0;
        for (Span span : replica.spans()) {
            Claim claim = new Claim(id, span.claim());
            for (Segment segment : segments.of(claim.fileName())) {
                if (segment.from() == reached && segment.end() <= span.end()) {
                    chain.add(segment);
                    reached = segment.end();
                }
            }
            if (reached != span.end()) {
                throw new NoSuchFileException(claim.fileName(), null, "no segment at " + reached);
            }
        }
        return chain;
    }

    /** Removes what is kept of an export that has ended: of this claim and those that it inherited from. */
    public void remove(Export export) {
        SegmentWriter writer = writers.remove(export.lastClaim());
        if (segments == null) {
            return;
        }
        Set<Long> claims = new LinkedHashSet<>();
        Replica inherited = export.run().replica();
        if (inherited != null) {
            inherited.spans().forEach(span -> claims.add(span.claim()));
        }
        if (writer != null && writer.hasBegun()) {
            claims.add(export.lastClaim().number());
        }
        try {
            for (long claim : claims) {
                segments.remove(new Claim(export.id(), claim).fileName());
            }
        } catch (IOException e) {
            log.warn("segments are left to the janitor: {}", e.toString());
        }
    }

    /** The run is over, and others may go on with its export. */
    public void leave(Claim claim) {
        writers.remove(claim);
    }

    /** Waits, in whatever way, until something can be asked of the store. */
    interface Waiting {
        <T> T until(Question<T> question) throws IOException;
    }

    /** What is asked of the store. */
    interface Question<T> {
        T answer() throws IOException;
    }
}
