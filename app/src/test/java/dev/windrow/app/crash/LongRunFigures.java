package dev.windrow.app.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table at the end of the long run. Thread-safe. */
public final class LongRunFigures {
    private final Map<String, Long> figures = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    public synchronized void add(String figure, long more) {
        figures.merge(figure, more, Long::sum);
    }

    public synchronized void most(String figure, long value) {
        figures.merge(figure, value, Math::max);
    }

    /** Said at once too: a run of hours should not keep it for its end. */
    public synchronized void fault(String fault) {
        faults.add(fault);
        System.err.println("FAULT: " + fault);
    }

    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    public synchronized String table() {
        StringBuilder table = new StringBuilder("\n");
        figures.forEach((name, value) -> table.append(String.format(Locale.ROOT, "%-64s %,d%n", name, value)));
        table.append(String.format(Locale.ROOT, "%-64s %,d%n", "faults", faults.size()));
        faults.forEach(fault -> table.append("  ").append(fault).append('\n'));
        return table.toString();
    }
}
