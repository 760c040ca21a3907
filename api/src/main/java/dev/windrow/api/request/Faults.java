package dev.windrow.api.request;

import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.common.catalog.Fault;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one request, so that the caller hears of everything at once. Belongs to one thread. */
public final class Faults {
    /** More are not told: who sends so many does not read them. */
    private static final int MOST = 100;

    private final List<Fault> faults = new ArrayList<>();

    /** @param pointer a JSON Pointer (RFC 6901), see {@link #pointer} */
    public void add(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
    }

    public void addAll(List<Fault> more) {
        faults.addAll(more);
    }

    public boolean isEmpty() {
        return faults.isEmpty();
    }

    /** Ends the request if anything is wrong. */
    public void throwIfAny(ProblemType type) {
        if (!faults.isEmpty()) {
            throw new ProblemException(type, summary(), faults.subList(0, Math.min(MOST, faults.size())));
        }
    }

    private String summary() {
        Fault first = faults.get(0);
        String where = first.pointer().isEmpty() ? "The body" : first.pointer();
        String rest = faults.size() == 1 ? "." : "; and " + (faults.size() - 1) + " more, see errors.";
        return where + " " + first.detail() + rest;
    }

    /** The pointer that leads over these names and positions; escapes what RFC 6901, section 3, wants escaped. */
    public static String pointer(Object... steps) {
        StringBuilder pointer = new StringBuilder();
        for (Object step : steps) {
            pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
