package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured, by part: a run of some parts takes the place of what an earlier one said of them, and the rest
 * stays. Kept in a file between runs.
 */
final class Results {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One figure in words, with the goal for it or nothing. */
    record Figure(String what, String goal, String value) {}

    /** One figure that is held to a goal. */
    record Goal(String what, String goal, String value, boolean met) {}

    /** All runs of all contenders with one source. */
    record Compared(String title, long rows, Map<String, List<Measured>> runs, double peakResident) {
        /** Runs of a contender, of which there is at least one. */
        List<Measured> of(String name) {
            return Objects.requireNonNull(runs.get(name), name);
        }
    }

    /** What the file holds. */
    record Kept(Map<String, Compared> compared, Map<String, List<Figure>> figures, Map<String, List<Goal>> goals) {}

    private final Path file;
    private final Kept kept;

    private Results(Path file, Kept kept) {
        this.file = file;
        this.kept = kept;
    }

    static Results open(Path file) throws IOException {
        return new Results(
                file,
                Files.exists(file)
                        ? JSON.readValue(Files.readString(file), Kept.class)
                        : new Kept(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>()));
    }

    /** Forgets the figures of a part, which is about to be measured. */
    void begin(String part) {
        kept.figures.remove(part);
        kept.goals.remove(part);
    }

    /** @param unit what is said after the value */
    void atMost(String part, String what, double goal, double value, String unit) throws IOException {
        add(part, what, "≤ " + goal(goal), number(value) + unit, value <= goal);
    }

    /** @param unit what is said after the value */
    void atLeast(String part, String what, double goal, double value, String unit) throws IOException {
        add(part, what, "≥ " + goal(goal), number(value) + unit, value >= goal);
    }

    private void add(String part, String what, String goal, String value, boolean met) throws IOException {
        System.out.println("  " + what + ": " + value + " (goal " + goal + (met ? ", met)" : ", NOT MET)"));
        kept.goals.computeIfAbsent(part, name -> new ArrayList<>()).add(new Goal(what, goal, value, met));
        save();
    }

    private static String goal(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : number(value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 1000 ? "%,.0f" : value >= 100 ? "%.0f" : "%.2f", value);
    }

    void add(String part, String what, String goal, String format, double value) throws IOException {
        Figure figure = new Figure(what, goal, String.format(Locale.ROOT, format, value));
        System.out.println("  " + what + ": " + figure.value + (goal.isEmpty() ? "" : " (goal " + goal + ")"));
        kept.figures.computeIfAbsent(part, name -> new ArrayList<>()).add(figure);
        save();
    }

    void add(String part, Compared compared) throws IOException {
        kept.compared.put(part, compared);
        save();
    }

    Map<String, Compared> compared() {
        return kept.compared;
    }

    Map<String, List<Goal>> goals() {
        return kept.goals;
    }

    Map<String, List<Figure>> figures() {
        return kept.figures;
    }

    private void save() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(kept));
    }
}
