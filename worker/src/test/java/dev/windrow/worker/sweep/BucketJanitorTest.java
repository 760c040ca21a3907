package dev.windrow.worker.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.windrow.common.artifact.Segments.Segment;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Checkpoint.Replica;
import dev.windrow.common.export.Checkpoint.Span;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.FailureCode;
import dev.windrow.worker.files.FolderSegments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a janitor leaves of what all workers share. */
final class BucketJanitorTest {
    @TempDir
    private Path folder;

    private Yard yard;
    private FolderSegments segments;

    @BeforeEach
    void open() throws IOException {
        yard = new Yard(folder);
        segments = new FolderSegments(folder.resolve("segments"));
    }

    @AfterEach
    void close() {
        yard.close();
    }

    @Test
    void keepsTheSegmentsOfTheRunAndOfWhatASuccessorWouldMakeItsFileOf() throws IOException {
        Claim first = yard.running("w");
        kept(first);
        yard.runs.handOver(first);
        Claim orphan = yard.claim("w");
        kept(orphan);
        yard.runs.handOver(orphan);
        Claim third = yard.claim("w");
        kept(third);
        yard.runs.replicate(third, replica(new Span(first.number(), 4), new Span(third.number(), 9)));
        yard.runs.handOver(third);
        Claim current = yard.claim("w");
        kept(current);

        sweep();
        assertThat(segments.runs()).containsExactlyInAnyOrder(first.fileName(), third.fileName(), current.fileName());

        yard.runs.handOver(current);
        sweep();
        assertThat(segments.runs()).containsExactlyInAnyOrder(first.fileName(), third.fileName());
    }

    @Test
    void removesTheSegmentsOfWhatIsOver() throws IOException {
        Claim completed = replicated();
        yard.complete(completed);
        Claim failed = replicated();
        yard.runs.fail(failed, new Failure(FailureCode.INTERNAL, "x"), Yard.NOW);
        Claim cancelled = replicated();
        yard.exports.cancel(cancelled.id(), Yard.OWNER, Yard.NOW);
        Claim deleted = replicated();
        yard.exports.delete(deleted.id(), Yard.OWNER);

        sweep();

        assertThat(segments.runs()).isEmpty();
    }

    @Test
    void leavesWhatTheTableHasNeverKnown() throws IOException {
        Claim running = yard.running("w");
        Claim later = new Claim(running.id(), 7);
        Claim unknown = new Claim(yard.nextId(), 1);
        kept(later);
        kept(unknown);
        segments.put(new Segment("somebody-else", 0, 1), new byte[1]);
        yard.zip(unknown);

        sweep();

        assertThat(segments.runs()).containsExactlyInAnyOrder(later.fileName(), unknown.fileName(), "somebody-else");
        assertThat(yard.files()).containsExactly("artifacts/" + unknown.fileName() + ".zip");
    }

    /** A bucket may be full of another program's objects. */
    @Test
    void tellsOfStrangersOnceForAPlaceAndNotByName() throws IOException {
        for (int i = 0; i < 50; i++) {
            segments.put(new Segment("somebody-else-" + i, 0, 1), new byte[1]);
        }
        Logger logger = (Logger) LoggerFactory.getLogger(ThrottledLog.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            Janitor janitor = yard.janitor(Yard.NOW, yard.artifacts, segments);
            janitor.run();
            janitor.run();
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .singleElement()
                .asString()
                .contains(
                        "left alone in the segments: 50 that the status table has never known, such as somebody-else-");
    }

    @Test
    void givesUpUploadsThatNobodyIsAtAnyMore() throws IOException {
        Claim intended = yard.running("w");
        yard.runs.intend(intended, Yard.artifact(intended), List.of(), null, Yard.NOW);
        Claim completed = yard.running("w");
        yard.complete(completed);
        Claim unknown = new Claim(yard.nextId(), 1);
        UploadsOf bucket = UploadsOf.of(yard.artifacts, intended, completed, unknown);

        yard.janitor(Yard.NOW, bucket, segments).run();

        assertThat(bucket.unfinished())
                .containsExactlyInAnyOrder(intended.fileName() + ".zip", unknown.fileName() + ".zip");
    }

    private Claim replicated() throws IOException {
        Claim claim = yard.running("w");
        yard.runs.replicate(claim, replica(new Span(claim.number(), 9)));
        kept(claim);
        return claim;
    }

    private static Replica replica(Span... spans) {
        return new Replica(
                new Checkpoint(spans[spans.length - 1].claim(), 6, "zlib:0/6", 9, List.of()), List.of(spans));
    }

    private void kept(Claim claim) throws IOException {
        segments.put(new Segment(claim.fileName(), 0, 3), new byte[3]);
    }

    private void sweep() {
        yard.janitor(Yard.NOW, yard.artifacts, segments).run();
    }
}
