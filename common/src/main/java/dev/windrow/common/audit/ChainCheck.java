package dev.windrow.common.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the audit from its oldest row to its newest and says whether the chain is whole. Belongs to one thread. */
public final class ChainCheck {
    private static final int AT_ONCE = 1_000;

    private final AuditLog log;
    private long rows;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private long number;
    private String hash;

    private ChainCheck(AuditLog log, AuditLog.Chain begin) {
        this.log = log;
        this.number = begin.forgotten();
        this.hash = begin.forgottenHash();
    }

    /**
     * What was found.
     *
     * @param rows that are in order
     * @param first when the oldest was written; null where there is none
     * @param last when the newest was written
     * @param fault where it breaks; null for nowhere
     */
    public record Verdict(
            long rows,
            @Nullable Instant first,
            @Nullable Instant last,
            @Nullable Fault fault) {}

    /**
     * Where the chain breaks.
     *
     * @param row the number of the first row that does not fit
     * @param at what it says of its time; null where it is not there
     * @param words what is wrong
     */
    public record Fault(long row, @Nullable Instant at, String words) {}

    /** Reads all rows, while others may add some and forget the oldest. Takes time and holds a thousand rows. */
    public static Verdict of(AuditLog log) {
        while (true) {
            AuditLog.Chain begin = log.chain();
            ChainCheck check = new ChainCheck(log, begin);
            Fault fault = check.run();
            // Rows that were forgotten under our hands are no fault.
            if (fault == null || log.chain().forgotten() == begin.forgotten()) {
                return new Verdict(check.rows, check.first, check.last, fault);
            }
        }
    }

    private @Nullable Fault run() {
        while (true) {
            List<AuditRow> some = log.after(number, AT_ONCE);
            for (AuditRow row : some) {
                Fault fault = next(row);
                if (fault != null) {
                    return fault;
                }
            }
            if (some.isEmpty()) {
                // Asked after the rows were: it knows of all that we have seen.
                AuditLog.Chain end = log.chain();
                Fault fault = end(end);
                if (fault != null || end.newest() == number) {
                    return fault;
                }
            }
        }
    }

    private @Nullable Fault next(AuditRow row) {
        Instant at = row.event().at();
        if (row.number() != number + 1) {
            return missing(number + 1, row.number() - 1);
        }
        if (!row.previous().equals(hash)) {
            return new Fault(
                    row.number(),
                    at,
                    number == 0 || rows == 0
                            ? "it does not follow what was forgotten before it: it was changed, or rows before it were removed"
                            : "it does not follow row " + number
                                    + ": one of the two was changed, or both changed places");
        }
        number = row.number();
        hash = row.hash();
        rows++;
        first = first == null ? at : first;
        last = at;
        return null;
    }

    /** @param end as the end is, when no row was found after the last */
    private @Nullable Fault end(AuditLog.Chain end) {
        if (end.newest() < number) {
            return new Fault(number, last, "it is newer than the newest that was written: it was put in by hand");
        }
        if (end.newest() > number) {
            return log.after(number, 1).isEmpty() ? missing(number + 1, end.newest()) : null;
        }
        return end.newestHash().equals(hash)
                ? null
                : new Fault(number, last, "it is not as it was written: it was changed");
    }

    private static Fault missing(long from, long to) {
        return new Fault(from, null, from == to ? "it was removed" : "it and all up to row " + to + " were removed");
    }
}
