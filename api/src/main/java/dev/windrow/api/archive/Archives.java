package dev.windrow.api.archive;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Subjects;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Failure;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Finds the archive of an export, or says why there is none. Safe for use by many threads. */
public final class Archives {
    private static final int RETRY_SECONDS = 1;

    private final Reach reach;
    private final Datasets datasets;
    private final Clock clock;

    /** @param clock says whether a file's time is over, even if no sweep has said so yet */
    public Archives(Reach reach, Datasets datasets, Clock clock) {
        this.reach = reach;
        this.datasets = datasets;
        this.clock = clock;
    }

    /**
     * The archive of an export that the caller reaches; every state but {@code completed} ends the request. One that
     * the caller may not have any more is answered as if there were no such export.
     */
    public Archive of(String idText, Caller caller) {
        ExportId id = ExportId.parse(idText).orElseThrow(ProblemException::noSuchExport);
        Export export = reach.look(caller, id)
                .filter(one -> datasets.givesArchive(caller, one))
                .orElseThrow(ProblemException::noSuchExport);
        return of(export);
    }

    /**
     * The archive of an export that was looked up for a link; every state but {@code completed} ends the request, and
     * so does a catalog that does not give any more what was granted.
     */
    public Archive linked(Export export) {
        if (!datasets.keepsGranting(export)) {
            throw ProblemException.noSuchExport();
        }
        return of(export);
    }

    private Archive of(Export export) {
        if (export.isExpired(clock.instant())) {
            throw expired(export);
        }
        return switch (export.state()) {
            case QUEUED, RUNNING ->
                throw new ProblemException(
                                ProblemType.NOT_READY,
                                "The export is " + export.state().id() + "; its file is not ready yet.")
                        .withRetryAfter(RETRY_SECONDS);
            case FAILED, CANCELLED ->
                throw new ProblemException(
                        ProblemType.NO_FILE, "The export is " + export.state().id() + "; it has no file.");
            case EXPIRED -> throw expired(export);
            case COMPLETED -> archive(export);
        };
    }

    private static ProblemException expired(Export export) {
        Failure damage = export.outcome().failure();
        return new ProblemException(
                ProblemType.EXPIRED, damage == null ? "The file was kept for its time and is gone." : damage.detail());
    }

    private static Archive archive(Export export) {
        Artifact artifact = export.artifact();
        Instant finished = export.times().finished();
        Instant expires = export.times().expires();
        if (artifact == null || finished == null || expires == null) {
            throw new IllegalStateException("completed without artifact, end or time: " + export.id());
        }
        return new Archive(
                export.lastClaim(),
                artifact,
                new Archive.Origin(
                        export.request().fileName(),
                        Subjects.of(export),
                        false,
                        export.run().trace().start()),
                finished.truncatedTo(ChronoUnit.SECONDS),
                expires.truncatedTo(ChronoUnit.SECONDS),
                export.attempt(),
                export.outcome().linkEpoch());
    }
}
