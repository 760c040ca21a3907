package dev.windrow.api.schedule;

import dev.windrow.api.archive.Archive;
import dev.windrow.api.archive.ArchiveManifest;
import dev.windrow.api.archive.Archives;
import dev.windrow.api.archive.Delivery;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.State;
import dev.windrow.common.schedule.Schedule;
import dev.windrow.common.schedule.ScheduleRun;
import dev.windrow.common.transaction.Transactions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at exports of schedules that have ended: the newest archives live on, older ones are let go, and of two with
 * the same files the earlier one is kept. Safe for use by many threads and processes.
 */
final class Settling {
    private static final Logger log = LoggerFactory.getLogger(Settling.class);

    /** Who was told of the export, and comes for its archive soon, still finds it though the other is kept. */
    private static final Duration GRACE = Duration.ofHours(1);

    /** After so long without an answer of their store, archives are taken for different ones. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Archives of more files are not compared: each is kept for itself. */
    private static final int MOST_FILES = 10_000;

    private final ScheduleTables tables;
    private final Exports exports;
    private final Archives archives;
    private final Delivery delivery;
    private final Transactions transactions;
    private final Duration longest;
    private final Clock clock;

    /** @param longest how long an archive lives on, after its export has ended, that no newer one takes the place of */
    Settling(
            ScheduleTables tables,
            Exports exports,
            Archives archives,
            Delivery delivery,
            Transactions transactions,
            Duration longest,
            Clock clock) {
        this.tables = tables;
        this.exports = exports;
        this.archives = archives;
        this.delivery = delivery;
        this.transactions = transactions;
        this.longest = longest;
        this.clock = clock;
    }

    /**
     * Looks at the end of a run.
     *
     * @param patience how long archives may take to be read; what takes longer is left to a later look
     */
    void settle(ScheduleRun run, Duration patience) {
        Export export = find(run.export()).orElse(null);
        if (export != null && export.state().isActive()) {
            return;
        }
        Instant now = clock.instant();
        Export whole = export != null && export.state() == State.COMPLETED ? export : null;
        try {
            settled(run, whole, whole == null ? null : same(run, whole, now, patience), now);
        } catch (TimeoutException | IOException e) {
            log.debug("archives of a schedule can't be compared", e);
            if (whole == null || !now.isBefore(ended(whole, now).plus(PATIENCE))) {
                settled(run, whole, null, now);
            }
        }
    }

    private void settled(ScheduleRun run, @Nullable Export whole, @Nullable String same, Instant now) {
        var unused = transactions.inOne(() -> settle(run, whole, same, now), Optional::empty);
    }

    private boolean settle(ScheduleRun run, @Nullable Export whole, @Nullable String same, Instant now) {
        boolean won = tables.runs().settle(run);
        if (won && whole != null) {
            if (same != null) {
                tables.runs().sameAs(run, same, now.plus(GRACE));
            } else {
                hold(run, whole, now);
            }
        }
        return won;
    }

    private void hold(ScheduleRun run, Export whole, Instant now) {
        Schedule schedule = tables.schedules().find(run.schedule()).orElse(null);
        if (schedule != null) {
            tables.runs().hold(run, ended(whole, now).plus(longest));
            tables.runs()
                    .letGo(
                            run.schedule(),
                            schedule.plan().held(),
                            schedule.plan().keep() == null ? null : now);
        }
    }

    private static Instant ended(Export export, Instant now) {
        return Objects.requireNonNullElse(export.times().finished(), now);
    }

    private Optional<Export> find(String id) {
        return ExportId.parse(id).flatMap(exports::find);
    }

    /** The id of the export whose archive has the same files; null where there is none. */
    private @Nullable String same(ScheduleRun run, Export export, Instant now, Duration patience)
            throws IOException, TimeoutException {
        Export before =
                tables.runs().latest(run.schedule(), now).flatMap(this::find).orElse(null);
        if (before == null || before.id().equals(export.id()) || !isAlike(before, export)) {
            return null;
        }
        try {
            Optional<List<ArchiveManifest.Described>> files = files(before, patience);
            return files.isPresent() && files.equals(files(export, patience)) ? run(before) : null;
        } catch (ProblemException e) {
            if (e.type() == ProblemType.UNAVAILABLE) {
                throw new IOException(e);
            }
            // One of them is damaged, or not to be given any more.
            return null;
        }
    }

    private static String run(Export export) {
        return export.id().toString();
    }

    /** Whether their rows tell that their archives may have the same files. */
    private static boolean isAlike(Export one, Export other) {
        ExportRequest asked = one.request();
        Artifact artifact = one.artifact();
        Artifact another = other.artifact();
        return artifact != null
                && another != null
                && artifact.entries().equals(another.entries())
                && artifact.entriesTotal() == another.entriesTotal()
                && asked.dataset().equals(other.request().dataset())
                && asked.fileName().equals(other.request().fileName())
                && one.grant().equals(other.grant());
    }

    /** Empty where they are too many, or their digests are not all known. */
    private Optional<List<ArchiveManifest.Described>> files(Export export, Duration patience)
            throws IOException, TimeoutException {
        Archive archive = archives.linked(export);
        try {
            return Optional.of(delivery.look(archive, open -> new ArchiveManifest(open).files(0, MOST_FILES + 1))
                            .get(patience.toMillis(), TimeUnit.MILLISECONDS))
                    .filter(files -> !files.isEmpty() && files.size() <= MOST_FILES)
                    .filter(files -> files.stream().allMatch(file -> file.sha256() != null));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
