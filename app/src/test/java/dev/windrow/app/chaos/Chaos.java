package dev.windrow.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.Samples;
import dev.windrow.app.chaos.Load.Input;
import dev.windrow.app.crash.LongRunFigures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Three workers and two API processes, callers, and a plan of what goes wrong. How large it is, its fields say.
 *
 * @param exports how many, spread over the time of the plan; every second one has few rows
 * @param rows of the others: enough for some segments
 * @param pace of their rows, as {@link Samples#paced} has it
 * @param faults how many
 * @param pause from one to the next, on average
 * @param longest that one lasts, but for those that are of no use if they are short
 * @param rest how long all exports may take once everything is mended
 */
record Chaos(int exports, int rows, int pace, int faults, Duration pause, Duration longest, Duration rest) {
    private static final List<String> WORKERS = List.of("worker-1", "worker-2", "worker-3");
    private static final List<String> APIS = List.of("api-1", "api-2");
    private static final int FEW = 2_000;

    /** What {@code -Dwindrow.chaos.seed} says, or another one each time. */
    static long seed() {
        return Long.getLong("windrow.chaos.seed", new Random().nextInt(1_000_000));
    }

    /** Runs it, and fails with all that was wrong. */
    void run(long seed, Path folder) throws Exception {
        Plan plan = Plan.of(seed, faults, WORKERS, APIS, pause.toMillis(), longest.toMillis());
        System.out.println(plan);
        LongRunFigures figures = new LongRunFigures();
        Path catalog = Samples.paced(Files.createDirectory(folder.resolve("source")), rows, pace);
        try (Fleet fleet = Fleet.start(folder, catalog, WORKERS.size(), APIS.size(), true)) {
            Load load = new Load(fleet, figures);
            Storm storm = new Storm(fleet, figures);
            ExecutorService callers = Executors.newCachedThreadPool();
            try {
                List<Future<?>> made = callers(load, figures, plan, callers);
                storm.pass(plan);
                for (Future<?> each : made) {
                    each.get();
                }
            } finally {
                callers.shutdownNow();
            }
            new Judge(fleet, figures).judge(load, storm.struck());
            if (!figures.faults().isEmpty()) {
                System.out.println(fleet.lastWords());
            }
        } finally {
            System.out.println(figures.table());
        }
        assertThat(figures.faults()).as("-Dwindrow.chaos.seed=" + seed).isEmpty();
    }

    /** The last one begins well before the end of the plan. */
    private List<Future<?>> callers(Load load, LongRunFigures figures, Plan plan, ExecutorService callers) {
        long last = plan.endMillis() * 3 / 4;
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(plan.endMillis()) + rest.toNanos();
        List<Future<?>> made = new ArrayList<>();
        for (int i = 0; i < exports; i++) {
            int number = i;
            Input input = i % 2 == 0 ? new Input("slow", rows) : new Input("big", FEW);
            made.add(callers.submit(() -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(last * number / exports);
                    load.make(input, number, until);
                } catch (AssertionError e) {
                    figures.fault("export " + number + ": " + e.getMessage());
                }
                return null;
            }));
        }
        return made;
    }
}
