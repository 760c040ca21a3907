package dev.windrow.app.signals;

import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Checkpoint;
import dev.windrow.common.export.Claim;
import dev.windrow.common.export.Cutoff;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.Progress;
import dev.windrow.common.export.Runs;
import dev.windrow.common.export.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes what runs write. Threads are as {@link Runs} has them. */
public final class MeteredRuns implements Runs {
    private final Runs table;
    private final RunMeters meters;

    public MeteredRuns(Runs table, RunMeters meters) {
        this.table = table;
        this.meters = meters;
    }

    @Override
    public Optional<Export> claimNext(String worker, Instant now, Duration lease, Set<String> enginesElsewhere) {
        Optional<Export> claimed = table.claimNext(worker, now, lease, enginesElsewhere);
        claimed.ifPresent(export -> meters.claimed(export, now));
        return claimed;
    }

    @Override
    public boolean fixCutoff(Claim claim, Cutoff cutoff) {
        return table.fixCutoff(claim, cutoff);
    }

    @Override
    public boolean progress(Claim claim, Progress progress, Instant leaseUntil) {
        meters.heard(claim);
        boolean won = table.progress(claim, progress, leaseUntil);
        if (won) {
            meters.progressed(claim, progress);
        }
        return held(claim, won);
    }

    @Override
    public boolean checkpoint(Claim claim, Checkpoint checkpoint, Progress progress, Instant leaseUntil) {
        meters.heard(claim);
        boolean won = table.checkpoint(claim, checkpoint, progress, leaseUntil);
        if (won) {
            meters.checkpointed(claim, progress);
        }
        return held(claim, won);
    }

    @Override
    public boolean replicate(Claim claim, Checkpoint.@Nullable Replica replica) {
        return table.replicate(claim, replica);
    }

    @Override
    public boolean trace(Claim claim, String traceparent) {
        return table.trace(claim, traceparent);
    }

    @Override
    public boolean adopt(Claim claim, Checkpoint checkpoint) {
        return table.adopt(claim, checkpoint);
    }

    @Override
    public boolean intend(
            Claim claim, Artifact artifact, List<Warning> warnings, @Nullable Cutoff cutoff, Instant leaseUntil) {
        meters.heard(claim);
        return table.intend(claim, artifact, warnings, cutoff, leaseUntil);
    }

    @Override
    public boolean complete(Claim claim, Artifact artifact, Progress progress, Instant finishedAt, Instant expiresAt) {
        boolean won = table.complete(claim, artifact, progress, finishedAt, expiresAt);
        if (won) {
            meters.completed(claim, progress, finishedAt);
        }
        return over(claim, won);
    }

    @Override
    public boolean fail(Claim claim, Failure failure, Instant finishedAt) {
        boolean won = table.fail(claim, failure, finishedAt);
        if (won) {
            meters.failed(failure.code());
        }
        return over(claim, won);
    }

    @Override
    public boolean tryAgain(Claim claim, Failure failure, Instant notBefore) {
        boolean won = table.tryAgain(claim, failure, notBefore);
        if (won) {
            meters.triedAgain(failure.code());
        }
        return over(claim, won);
    }

    @Override
    public boolean tryAnew(Claim claim, Failure failure, Instant notBefore) {
        boolean won = table.tryAnew(claim, failure, notBefore);
        if (won) {
            meters.triedAgain(failure.code());
        }
        return over(claim, won);
    }

    @Override
    public boolean handOver(Claim claim) {
        return over(claim, table.handOver(claim));
    }

    @Override
    public Optional<Export> find(ExportId id) {
        return table.find(id);
    }

    /** Who has lost a claim writes nothing more under it. */
    private boolean held(Claim claim, boolean won) {
        return won || over(claim, false);
    }

    private boolean over(Claim claim, boolean won) {
        meters.left(claim);
        return won;
    }
}
