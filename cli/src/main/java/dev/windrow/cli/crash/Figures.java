package dev.windrow.cli.crash;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a trial counts, over all its exports. Belongs to one thread. */
final class Figures {
    private int exports;
    private int completed;
    private int identical;
    private int kills;
    private int restarts;
    private int strays;
    private long redone;
    private long mostRedone;
    private final List<String> faults = new ArrayList<>();

    void begun() {
        exports++;
    }

    void killed(long rowsRedone) {
        kills++;
        redone += rowsRedone;
        mostRedone = Math.max(mostRedone, rowsRedone);
    }

    void completed(boolean sameBytes, Observations seen, List<String> strayFiles) {
        completed++;
        identical += sameBytes ? 1 : 0;
        restarts += seen.restarts();
        strays += strayFiles.size();
        faults.addAll(seen.faults());
        strayFiles.forEach(file -> faults.add("a stray file: " + file));
        if (!sameBytes) {
            faults.add("the archive differs from the undisturbed one");
        }
    }

    void fault(String fault) {
        faults.add(fault);
    }

    int kills() {
        return kills;
    }

    boolean isSound() {
        return faults.isEmpty() && exports == completed && exports == identical;
    }

    /** The figures, one per line, then the verdict. */
    void print(PrintWriter out) {
        line(out, "kills", kills);
        line(out, "exports begun", exports);
        line(out, "exports completed without a human", completed);
        line(out, "archives identical to the undisturbed one", identical);
        line(out, "restarts from zero after a checkpoint", restarts);
        line(out, "stray files", strays);
        out.println(String.format(
                Locale.ROOT,
                "%-45s %,d on average, %,d at most",
                "rows written again a kill",
                kills == 0 ? 0 : redone / kills,
                mostRedone));
        faults.forEach(fault -> out.println("fault: " + fault));
        out.println(
                isSound()
                        ? "verdict: every archive is the same, bit for bit, as without a kill"
                        : "verdict: NOT crash-safe here");
    }

    private static void line(PrintWriter out, String what, int number) {
        out.println(String.format(Locale.ROOT, "%-45s %,d", what, number));
    }
}
