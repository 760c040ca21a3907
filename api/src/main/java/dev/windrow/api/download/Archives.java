package dev.windrow.api.download;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Failure;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Finds the archive of an export, or says why there is none. Safe for use by many threads. */
public final class Archives {
    private static final int RETRY_SECONDS = 1;

    private final Exports exports;
    private final Clock clock;

    /** @param clock says whether a file's time is over, even if no sweep has said so yet */
    public Archives(Exports exports, Clock clock) {
        this.exports = exports;
        this.clock = clock;
    }

    /** The caller's archive; every state but {@code completed} ends the request. */
    Archive of(String idText, String owner) {
        ExportId id = ExportId.parse(idText).orElseThrow(ProblemException::noSuchExport);
        return of(exports.look(id, owner).orElseThrow(ProblemException::noSuchExport));
    }

    /** The archive that a link of its owner's leads to. Links of an earlier run or epoch lead nowhere, whatever there is now. */
    Archive of(LinkToken link) {
        Export export = exports.find(link.export()).orElseThrow(ProblemException::noSuchExport);
        if (link.attempt() != export.attempt()) {
            throw new ProblemException(
                    ProblemType.EXPIRED, "The link is for an earlier run of this export; ask for a new one.");
        }
        if (link.epoch() != export.outcome().linkEpoch()) {
            throw new ProblemException(ProblemType.EXPIRED, "The link was withdrawn; ask for a new one.");
        }
        return of(export);
    }

    /** Ends all links that were made until now of the caller's export, which may be in any state. */
    void endLinks(String idText, String owner) {
        ExportId id = ExportId.parse(idText).orElseThrow(ProblemException::noSuchExport);
        if (!exports.endLinks(id, owner)) {
            throw ProblemException.noSuchExport();
        }
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
                export.id(),
                artifact.key(),
                artifact.mediaType(),
                export.request().fileName(),
                artifact.bytes(),
                artifact.sha256(),
                finished.truncatedTo(ChronoUnit.SECONDS),
                expires.truncatedTo(ChronoUnit.SECONDS),
                export.attempt(),
                export.outcome().linkEpoch());
    }
}
