package dev.windrow.cli.crash;

import dev.windrow.examples.Example;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proves the claim that a killed export ends as an undisturbed one, on the machine that it is run on. */
@Command(
        name = "verify-crash",
        description =
                "Runs an export, kills the server over and over at random moments, and compares the archive with an undisturbed one's."
                        + " Exit code 0: they are the same, bit for bit, and nothing else was wrong.",
        mixinStandardHelpOptions = true)
public final class VerifyCrashCommand implements Callable<Integer> {
    /**
     * The last condition of the example's query, and one more that takes about 20 microseconds per row: time for a
     * kill.
     */
    private static final String LAST = "and (:end_ts is null or timestamp_ms < :end_ts)";

    private static final String SLOW = LAST
            + " and (with recursive pace(n) as (select 0 union all select n + 1 from pace where n < 100 + timestamp_ms * 0)"
            + " select count(*) from pace) > 0";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--kills", paramLabel = "N", defaultValue = "20", description = "Kills (${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "500000",
            description = "Readings to export (${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:WINDROW_HOME:-windrow-data}",
            description =
                    "Where to work, in verify-crash/ (WINDROW_HOME, or windrow-data). Exports of this home are not touched.")
    private Path home = Path.of("windrow-data");

    @Option(names = "--seed", paramLabel = "S", description = "Repeats the random choices of an earlier run.")
    private @Nullable Long seed;

    @Override
    public Integer call() throws InterruptedException {
        if (kills < 1 || rows < 1) {
            throw new ParameterException(spec.commandLine(), "--kills and --rows must be at least 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        Figures figures = new Figures();
        Path folder = home.toAbsolutePath().normalize().resolve("verify-crash");
        try {
            makeSample(folder, out);
            trials(folder, out, figures);
        } catch (FailedTrialException e) {
            figures.fault(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            figures.fault("input or output failed: " + e);
        }
        figures.print(out);
        out.flush();
        return figures.isSound() ? 0 : 1;
    }

    /** One export after another, until there were enough kills: now and then one ends early. */
    private void trials(Path folder, PrintWriter out, Figures figures)
            throws IOException, InterruptedException, FailedTrialException {
        long chosen = seed == null ? new Random().nextLong() : seed;
        Random random = new Random(chosen);
        out.println("seed: " + chosen);
        while (figures.kills() < kills && figures.isSound()) {
            Path trial = Files.createTempDirectory(folder, "trial");
            new CrashTrial(trial, folder.resolve("catalog.yaml"), random, out, figures).run(kills - figures.kills());
            if (figures.isSound()) {
                HomeFiles.delete(trial);
            } else {
                out.println("kept for a look: " + trial);
            }
        }
    }

    private void makeSample(Path folder, PrintWriter out) throws IOException {
        if (Example.SENSORS.loadRows(folder).orElse(-1) != rows) {
            out.println("Makes a sample database of " + rows + " readings in " + folder);
            out.flush();
            Example.SENSORS.create(folder, rows, done -> {});
        }
        Example.SENSORS.writeCatalog(folder);
        Path catalog = folder.resolve("catalog.yaml");
        String text = Files.readString(catalog, StandardCharsets.UTF_8);
        Files.writeString(catalog, text.replace(LAST, SLOW), StandardCharsets.UTF_8);
    }
}
