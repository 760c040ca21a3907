package dev.windrow.common.source.jdbc.sqlite;

import dev.windrow.common.source.jdbc.sqlite.SqliteLoops.Kind;
import dev.windrow.common.source.jdbc.sqlite.SqliteLoops.Loop;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram.Entry;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram.Scan;
import dev.windrow.common.source.jdbc.sqlite.SqliteProgram.Sort;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/*
 * A row comes from the loops around the step that gives it. A loop over a b-tree is where it begins. A loop over a
 * sorter, a temporary table or a coroutine passes on what was put in elsewhere, and a subroutine what its callers have:
 * there the loops around those steps are looked at in turn. Of nested loops (a join) it is enough that one begins at
 * the position.
 */
/** Follows the rows of a program back to the b-trees that they come from. For one use by one thread. */
final class SqliteTrace {
    private final SqliteLoops loops;
    private final int firstPosition;
    /** By the address of the step that gives a row; null while it is being found. */
    private final Map<Integer, @Nullable Entry> found = new HashMap<>();

    private final Set<Scan> scans = new LinkedHashSet<>();
    private Sort sort = Sort.NONE;
    private boolean computed;

    SqliteTrace(SqliteLoops loops, int firstPosition) {
        this.loops = loops;
        this.firstPosition = firstPosition;
    }

    /** Where the rows' b-trees are entered: the worst of all arms. */
    Entry entry() {
        return Objects.requireNonNullElse(worst(loops.all("ResultRow")), Entry.UNKNOWN);
    }

    /** What was met on the way, after {@link #entry}. */
    Sort sort() {
        return sort;
    }

    boolean computed() {
        return computed;
    }

    List<Scan> scans() {
        return List.copyOf(scans);
    }

    /** Null when there are no arms but those that are being followed already. */
    private @Nullable Entry worst(List<SqliteStep> sinks) {
        Entry worst = null;
        for (SqliteStep sink : sinks) {
            if (!found.containsKey(sink.address())) {
                found.put(sink.address(), null);
                found.put(sink.address(), entryOf(sink.address()));
            }
            Entry entry = found.get(sink.address());
            worst = entry != null && (worst == null || entry.compareTo(worst) > 0) ? entry : worst;
        }
        return worst;
    }

    private @Nullable Entry entryOf(int address) {
        List<Loop> around = loops.around(address);
        List<SqliteStep> calls = loops.callsAround(address);
        boolean inSubroutine = !calls.isEmpty()
                && around.stream()
                        .noneMatch(loop -> loop.first() >= calls.get(0).p2());
        if (inSubroutine) {
            computed |= loops.hasBetween(calls.get(0).p2(), loops.endOf(calls.get(0)), "AggFinal", "AggValue");
            return worst(calls);
        }
        return bestOf(around);
    }

    /** Null when there is no loop, so that it comes to one row at most. */
    private @Nullable Entry bestOf(List<Loop> nested) {
        Entry best = null;
        boolean understood = nested.isEmpty();
        for (Loop loop : nested) {
            for (SqliteStep advance : loop.advances()) {
                Entry entry = entryOf(loop, advance);
                understood = true;
                best = entry != null && (best == null || entry.compareTo(best) < 0) ? entry : best;
            }
        }
        return understood ? best : Entry.UNKNOWN;
    }

    private @Nullable Entry entryOf(Loop loop, SqliteStep advance) {
        if (advance.is("Yield")) {
            return worst(loops.givesOf(advance));
        }
        int cursor = advance.p1();
        Kind kind = loops.kind(cursor);
        if (kind == Kind.TREE) {
            return entryOfTree(loop, cursor);
        } else if (kind == Kind.OTHER) {
            return Entry.UNKNOWN;
        } else if (kind == Kind.SORTER) {
            meetSorter(cursor);
        } else if (kind == Kind.TEMPORARY) {
            computed |= loops.all("Insert").containsAll(loops.insertsInto(cursor));
        }
        return worst(loops.insertsInto(cursor));
    }

    private void meetSorter(int cursor) {
        boolean groups = loops.all("SequenceTest").stream().anyMatch(step -> step.p1() == cursor);
        Sort met = groups ? Sort.WITHIN_EQUAL : Sort.ALL;
        sort = met.compareTo(sort) > 0 ? met : sort;
    }

    private Entry entryOfTree(Loop loop, int cursor) {
        SqliteStep entry = loops.entryOf(loop, cursor);
        if (entry == null || !entry.opcode().startsWith("Seek")) {
            scans.add(new Scan(loops.rootPage(cursor), 0));
            return Entry.ELSEWHERE;
        }
        int own = ownRegisters(entry);
        if (own < entry.keyRegisters()) {
            scans.add(new Scan(loops.rootPage(cursor), own));
            return Entry.AT_POSITION;
        }
        boolean range = loops.isRange(entry, loops.endOf(loop, cursor));
        scans.add(new Scan(loops.rootPage(cursor), range ? own - 1 : own));
        return range ? Entry.AT_OWN_BOUND : Entry.ELSEWHERE;
    }

    /** How many registers of the seek's key come before the first that has a value of the position. */
    private int ownRegisters(SqliteStep seek) {
        return (int) IntStream.range(seek.p3(), seek.p3() + seek.keyRegisters())
                .takeWhile(register -> loops.placeholderIn(register, seek.address()) < firstPosition)
                .count();
    }
}
