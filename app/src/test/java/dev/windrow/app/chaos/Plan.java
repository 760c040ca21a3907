package dev.windrow.app.chaos;

import dev.windrow.app.chaos.Fault.Kind;
import dev.windrow.app.chaos.Fault.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What goes wrong, and when; all of it comes from the seed.
 *
 * @param seed {@code -Dwindrow.chaos.seed} gives the same plan again
 * @param faults by when they begin
 */
record Plan(long seed, List<Fault> faults) {
    /** So often each kind is drawn, of the sum of all. */
    private static final Map<Kind, Integer> WEIGHTS = Map.ofEntries(
            Map.entry(Kind.KILL, 8),
            Map.entry(Kind.LOSE_MACHINE, 4),
            Map.entry(Kind.PAUSE, 4),
            Map.entry(Kind.REFUSE_DATABASE, 3),
            Map.entry(Kind.SWALLOW_DATABASE, 3),
            Map.entry(Kind.STALL_DATABASE, 2),
            Map.entry(Kind.REFUSE_BUCKET, 2),
            Map.entry(Kind.SWALLOW_BUCKET, 2),
            Map.entry(Kind.STALL_BUCKET, 2),
            Map.entry(Kind.SLOW_DOWN, 3),
            Map.entry(Kind.CUT_ANSWERS, 1),
            Map.entry(Kind.RESTART_DATABASE, 2),
            Map.entry(Kind.RESTART_BUCKET, 2));

    /**
     * Draws one.
     *
     * @param workers names of processes, which are struck twice as often as the others
     * @param apis the others
     * @param pauseMillis from the beginning of one fault to that of the next, on average
     * @param mostMillis that one lasts
     */
    static Plan of(long seed, int faults, List<String> workers, List<String> apis, long pauseMillis, long mostMillis) {
        Random random = new Random(seed);
        List<Kind> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < WEIGHTS.get(kind); i++) {
                kinds.add(kind);
            }
        }
        List<String> nodes = new ArrayList<>(workers);
        nodes.addAll(workers);
        nodes.addAll(apis);
        Map<String, Long> busy = new HashMap<>();
        List<Fault> drawn = new ArrayList<>();
        long at = 0;
        while (drawn.size() < faults) {
            at += pauseMillis / 4 + random.nextLong(pauseMillis * 3 / 2);
            Kind kind = kinds.get(random.nextInt(kinds.size()));
            List<String> among = kind == Kind.LOSE_MACHINE ? workers : nodes;
            String node = kind.place == Place.COMMON ? "" : among.get(random.nextInt(among.size()));
            long most = Math.max(kind.least + 1, Math.min(kind.most, mostMillis));
            long lasts = kind.least + random.nextLong(most - kind.least);
            Fault fault = new Fault(drawn.size() + 1, at, kind, node, lasts);
            if (busy.getOrDefault(fault.where(), 0L) < at) {
                busy.put(fault.where(), fault.endMillis());
                drawn.add(fault);
            }
        }
        return new Plan(seed, List.copyOf(drawn));
    }

    long endMillis() {
        return faults.stream().mapToLong(Fault::endMillis).max().orElse(0);
    }

    @Override
    public String toString() {
        return faults.stream()
                .map(Fault::toString)
                .collect(Collectors.joining("\n", "-Dwindrow.chaos.seed=" + seed + "\n", "\n"));
    }
}
