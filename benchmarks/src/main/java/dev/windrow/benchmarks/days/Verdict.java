package dev.windrow.benchmarks.days;

import java.util.List;
import java.util.Locale;

/** What was to hold at the end, and whether it did. Belongs to one thread. */
final class Verdict {
    private boolean good = true;

    void atMost(String what, long goal, long value) {
        say(what, "≤ " + number(goal), number(value), value <= goal);
    }

    void atLeast(String what, long goal, long value) {
        say(what, "≥ " + number(goal), number(value), value >= goal);
    }

    /** @param found what should not be */
    void none(String what, List<String> found) {
        say(what, "0", number(found.size()), found.isEmpty());
        found.stream().limit(10).forEach(each -> System.out.println("    " + each));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private void say(String what, String goal, String value, boolean met) {
        good &= met;
        System.out.println(
                String.format(Locale.ROOT, "| %-66s | %8s | %10s |%s", what, goal, value, met ? "" : " NOT MET"));
    }

    boolean isGood() {
        return good;
    }
}
