package dev.windrow.worker.encode.row;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what an encoder could not write as it was. */
public final class Alterations {
    private static final String REPLACED = "replaced";
    private static final String ESCAPED = "escaped";
    private static final String TRUNCATED = "truncated";

    private long replaced;
    private long escaped;
    private long truncated;

    /** Counts on from what an earlier run counted. */
    public Alterations(Resume resume) {
        replaced = resume.count(REPLACED);
        escaped = resume.count(ESCAPED);
        truncated = resume.count(TRUNCATED);
    }

    /** One character became U+FFFD. */
    public void addReplaced() {
        replaced++;
    }

    /** That many characters became U+FFFD. */
    public void addReplaced(long more) {
        replaced += more;
    }

    /** Characters that became U+FFFD. */
    public long replaced() {
        return replaced;
    }

    /** One cell was guarded. */
    public void addEscaped() {
        escaped++;
    }

    /** One cell was cut. */
    public void addTruncated() {
        truncated++;
    }

    /** As {@link RowEncoder#counts}. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(REPLACED, replaced);
        counts.put(ESCAPED, escaped);
        counts.put(TRUNCATED, truncated);
        return Collections.unmodifiableMap(counts);
    }
}
