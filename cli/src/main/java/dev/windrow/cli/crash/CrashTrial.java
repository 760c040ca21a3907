package dev.windrow.cli.crash;

import dev.windrow.cli.crash.HomeFiles.Row;
import dev.windrow.client.ExportStatus;
import dev.windrow.client.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;

/**
 * One export, killed over and over. Its home is copied right after its cut-off was fixed, and before its first
 * checkpoint, so that the same export runs twice: undisturbed in the copy, and then in the original with a SIGKILL at
 * each random moment. Belongs to one thread.
 */
final class CrashTrial {
    private static final long SECOND = 1_000_000_000L;
    private static final long READY_NANOS = 120 * SECOND;
    /** No export of a trial takes nearly as long: one that does not end by then needs a human. */
    private static final long END_NANOS = 300 * SECOND;

    private static final long JANITOR_NANOS = 60 * SECOND;
    private static final int POLL_MILLIS = 15;
    /**
     * Five losses in a row without a new checkpoint are a failure by design: so many are risked, and then one is waited
     * for.
     */
    private static final int LOSSES = 3;

    private final Path folder;
    private final Path catalog;
    private final Random random;
    private final PrintWriter out;
    private final Figures figures;
    private final int port;
    private final SampleExport export;
    private final Observations seen = new Observations();
    private String id = "";
    private String digest = "";
    private long bootNanos = 2 * SECOND;

    /** @param folder for this trial alone; must exist */
    CrashTrial(Path folder, Path catalog, Random random, PrintWriter out, Figures figures) throws IOException {
        this.folder = folder;
        this.catalog = catalog;
        this.random = random;
        this.out = out;
        this.figures = figures;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
        this.export = new SampleExport(port, folder.resolve("downloaded.zip"));
    }

    /** @param kills how many at most; fewer if the export ends before */
    void run(int kills) throws IOException, InterruptedException, FailedTrialException {
        Path killed = Files.createDirectories(folder.resolve("killed")).resolve("home");
        Path calm = Files.createDirectories(folder.resolve("undisturbed")).resolve("home");
        begin(killed);
        new HomeFiles(killed).copyTo(calm);
        undisturbed(calm);
        for (int i = 0; i < kills && runAndKill(killed, kills - i); i++) {
            out.flush();
        }
        finish(killed);
    }

    private void begin(Path home) throws IOException, InterruptedException, FailedTrialException {
        // So rarely checkpointed that there is none yet when it is killed: the copy then begins at the first row.
        try (ServerProcess server = start(home, "PT10M")) {
            awaitReady(server);
            id = export.begin();
            figures.begun();
            ExportStatus look = await(server, seen, now -> now.times().asOf() != null);
            server.kill();
            if (!look.state().isActive() || !new HomeFiles(home).row(id).state().isActive()) {
                throw new FailedTrialException("The export was done before it could be killed: ask for more --rows");
            }
            seen.add(look);
        }
    }

    private void undisturbed(Path home) throws IOException, InterruptedException, FailedTrialException {
        Observations calm = new Observations();
        try (ServerProcess server = start(home, "PT0.2S")) {
            awaitReady(server);
            ExportStatus first = await(
                    server,
                    calm,
                    look -> look.state() != State.QUEUED && look.progress().rowsWritten() > 0);
            long began = System.nanoTime();
            ExportStatus end = await(server, calm, look -> !look.state().isActive());
            digest = SampleExport.sha256(end);
            if (end.state() != State.COMPLETED || first.progress().resumedFromRow() != null) {
                throw new FailedTrialException("The undisturbed export is " + words(end));
            }
            if (!export.isDownloadedWhole(end)) {
                throw new FailedTrialException("The undisturbed archive is not the one of its status");
            }
            out.println(String.format(
                    Locale.ROOT,
                    "undisturbed: %,d rows in %.1f s, sha256 %s",
                    end.progress().rowsWritten(),
                    (System.nanoTime() - began) / 1e9,
                    digest));
            server.stop();
        }
    }

    /**
     * Starts the server, kills it and says what was seen.
     *
     * @param left kills that are still to be made, this one included
     * @return false when the export has ended
     */
    private boolean runAndKill(Path home, int left) throws IOException, InterruptedException, FailedTrialException {
        Row before = new HomeFiles(home).row(id);
        if (!before.state().isActive()) {
            return false;
        }
        try (ServerProcess server = start(home, "PT0.2S")) {
            long began = System.nanoTime();
            boolean atBoot = before.losses() < LOSSES && random.nextInt(5) == 0;
            if (atBoot) {
                pause(Math.round(random.nextDouble() * bootNanos));
            } else {
                awaitReady(server);
                bootNanos = System.nanoTime() - began;
                awaitMoment(home, server, before, left);
            }
            server.kill();
        }
        Row after = new HomeFiles(home).row(id);
        if (after.state().isActive()) {
            seen.kept(after.checkpointRows());
        }
        figures.killed(after.state().isActive() ? Math.max(0, after.rows() - after.checkpointRows()) : 0);
        print(after);
        return after.state().isActive();
    }

    /** So many rows on, on average, that the kills that are left are spread over the rest of the export. */
    private void awaitMoment(Path home, ServerProcess server, Row before, int left)
            throws IOException, InterruptedException, FailedTrialException {
        await(server, seen, look -> look.state() != State.QUEUED);
        if (before.losses() >= LOSSES) {
            await(server, seen, look -> !look.state().isActive() || keptMore(home, before));
        }
        ExportStatus first = Objects.requireNonNull(seen.last());
        long written = first.progress().rowsWritten();
        long total = first.progress().rowsTotal() == null
                ? written
                : first.progress().rowsTotal();
        long gain = Math.round(random.nextDouble() * 2 * (total - written) / (left + 1));
        long wanted = before.checkpointRows() + gain;
        await(server, seen, look -> !look.state().isActive() || look.progress().rowsWritten() >= wanted);
        // The figures move four times a second: any moment between two of them is as likely.
        long moment = System.nanoTime() + Math.round(random.nextDouble() * SECOND / 4);
        while (System.nanoTime() < moment && server.isAlive()) {
            export.look().ifPresent(seen::add);
            Thread.sleep(1);
        }
    }

    private boolean keptMore(Path home, Row before) {
        try {
            return new HomeFiles(home).row(id).checkpointRows() > before.checkpointRows();
        } catch (FailedTrialException e) {
            return false;
        }
    }

    private void finish(Path home) throws IOException, InterruptedException, FailedTrialException {
        try (ServerProcess server = start(home, "PT0.2S")) {
            awaitReady(server);
            ExportStatus end = await(server, seen, look -> !look.state().isActive());
            boolean same = end.state() == State.COMPLETED
                    && digest.equals(SampleExport.sha256(end))
                    && export.isDownloadedWhole(end);
            List<String> strays = awaitNoStrays(home);
            export.look().ifPresent(seen::add);
            server.stop();
            out.println("killed:      " + words(end) + ", sha256 " + SampleExport.sha256(end));
            new HomeFiles(home).damage().forEach(figures::fault);
            if (end.state() == State.COMPLETED) {
                figures.completed(same, seen, strays);
            } else {
                figures.fault("the export is " + words(end));
            }
        }
    }

    private static List<String> awaitNoStrays(Path home) throws IOException, InterruptedException {
        long until = System.nanoTime() + JANITOR_NANOS;
        List<String> strays = new HomeFiles(home).strays();
        while (!strays.isEmpty() && System.nanoTime() < until) {
            Thread.sleep(200);
            strays = new HomeFiles(home).strays();
        }
        return strays;
    }

    private ServerProcess start(Path home, String checkpoints) throws IOException, FailedTrialException {
        return ServerProcess.start(
                home,
                new ArrayList<>(List.of(
                        "--windrow.catalog=" + catalog,
                        "--windrow.worker.checkpoint-interval=" + checkpoints,
                        "--server.address=127.0.0.1",
                        "--server.port=" + port)));
    }

    private void awaitReady(ServerProcess server) throws InterruptedException, FailedTrialException {
        long until = System.nanoTime() + READY_NANOS;
        while (!export.isServed()) {
            check(server, until, "The server did not start");
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Polls until a look is as wanted; each one is noted. */
    private ExportStatus await(ServerProcess server, Observations notes, Predicate<ExportStatus> wanted)
            throws InterruptedException, FailedTrialException {
        long until = System.nanoTime() + END_NANOS;
        while (true) {
            ExportStatus look = export.look().orElse(null);
            if (look != null) {
                notes.add(look);
                if (wanted.test(look)) {
                    return look;
                }
            }
            check(server, until, "The export does not get on");
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void check(ServerProcess server, long until, String what) throws FailedTrialException {
        if (!server.isAlive() || System.nanoTime() > until) {
            throw new FailedTrialException(
                    what + (server.isAlive() ? " in time" : ": its process has ended, exit code " + server.exitCode())
                            + "; its words are in server.log below " + folder);
        }
    }

    private void print(Row after) {
        ExportStatus.Progress look = Objects.requireNonNull(seen.last()).progress();
        out.println(String.format(
                Locale.ROOT,
                "kill %3d: %,d of %s rows shown, %s %%, this run went on from row %s; kept are %,d",
                figures.kills(),
                look.rowsWritten(),
                look.rowsTotal() == null ? "?" : String.format(Locale.ROOT, "%,d", look.rowsTotal()),
                look.percent() == null ? "?" : String.format(Locale.ROOT, "%.1f", look.percent()),
                look.resumedFromRow() == null ? "0" : String.format(Locale.ROOT, "%,d", look.resumedFromRow()),
                after.checkpointRows()));
    }

    private static String words(ExportStatus look) {
        return look.state().id()
                + (look.error() == null ? "" : " (" + look.error().title() + ")");
    }

    private static void pause(long nanos) throws InterruptedException {
        Thread.sleep(nanos / 1_000_000);
    }
}
