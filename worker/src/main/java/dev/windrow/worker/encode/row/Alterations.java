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

    public Alterations(Resume resume) {
        replaced = resume.count(REPLACED);
        escaped = resume.count(ESCAPED);
        truncated = resume.count(TRUNCATED);
    }

    public void addReplaced() {
        replaced++;
    }

    public void addReplaced(long more) {
        replaced += more;
    }

    public long replaced() {
        return replaced;
    }

    public void addEscaped() {
        escaped++;
    }

    public void addTruncated() {
        truncated++;
    }

    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(REPLACED, replaced);
        counts.put(ESCAPED, escaped);
        counts.put(TRUNCATED, truncated);
        return Collections.unmodifiableMap(counts);
    }
}
