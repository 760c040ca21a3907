package dev.windrow.app;

import dev.windrow.testkit.Http.Answer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a process says at {@code /actuator/prometheus}, read as Prometheus reads it: of our own metrics alone. */
final class Scrape {
    private static final Pattern TYPE = Pattern.compile("^# TYPE (windrow_\\w+) (\\w+)$", Pattern.MULTILINE);
    private static final Pattern SAMPLE = Pattern.compile("^(windrow_\\w+)(?:\\{(.*)\\})? (\\S+)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final String text;

    private Scrape(String text) {
        this.text = text;
    }

    static Scrape of(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return new Scrape(answer.text());
    }

    String text() {
        return text;
    }

    /** The names, with their types; without the highest of each time, which is a metric beside it. */
    Map<String, String> types() {
        Map<String, String> types = new TreeMap<>();
        TYPE.matcher(text).results().forEach(type -> types.put(type.group(1), type.group(2)));
        types.keySet().removeIf(name -> name.endsWith("_max"));
        return types;
    }

    /** The names of a metric's labels, but for those that its type brings. */
    Set<String> labels(String name) {
        Set<String> labels = new TreeSet<>();
        SAMPLE.matcher(text)
                .results()
                .filter(sample -> sample.group(1).matches(name + "(_bucket|_sum|_count)?"))
                .forEach(sample -> labels(sample).keySet().forEach(labels::add));
        labels.remove("le");
        return labels;
    }

    private static Map<String, String> labels(MatchResult sample) {
        Map<String, String> labels = new TreeMap<>();
        if (sample.group(2) != null) {
            LABEL.matcher(sample.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return labels;
    }

    /** The only sample of that name with those labels, among others perhaps. */
    double value(String name, String... labels) {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        double[] values = SAMPLE.matcher(text)
                .results()
                .filter(sample -> sample.group(1).equals(name)
                        && labels(sample).entrySet().containsAll(wanted.entrySet()))
                .mapToDouble(sample -> Double.parseDouble(sample.group(3)))
                .toArray();
        if (values.length != 1) {
            throw new AssertionError(values.length + " of " + name + wanted + " in " + text);
        }
        return values[0];
    }
}
