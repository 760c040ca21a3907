package dev.windrow.common.source.jdbc.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bytecode by its loops, cursors, subroutines and registers. Immutable. */
final class SqliteLoops {
    private static final Set<String> ADVANCES = Set.of("Next", "Prev", "SorterNext", "VNext");
    private static final Set<String> ENTRIES =
            Set.of("SeekGE", "SeekGT", "SeekLE", "SeekLT", "Rewind", "Last", "VFilter", "Sort", "SorterSort");
    private static final Set<String> ENDS = Set.of("IdxGT", "IdxGE", "IdxLT", "IdxLE");

    /** More than there are on the way of any value, so that no circle is followed for ever. */
    private static final int MAX_COPIES = 20;

    private final List<SqliteStep> steps;
    private final List<Loop> loops;

    SqliteLoops(List<SqliteStep> steps) {
        this.steps = steps;
        this.loops = loops(steps);
    }

    /** What a cursor goes over. */
    enum Kind {
        TREE,
        TEMPORARY,
        SORTER,
        OTHER
    }

    /**
     * Steps that are taken again and again.
     *
     * @param advances what brings the next row: a cursor's step, or a coroutine's; empty when it is something else
     */
    record Loop(int first, int last, List<SqliteStep> advances) {
        boolean contains(int address) {
            return first <= address && address <= last;
        }
    }

    private static List<Loop> loops(List<SqliteStep> steps) {
        // The steps from there on are taken once, at the start, and end by going to the others.
        int once = steps.isEmpty() ? 0 : steps.get(0).p2();
        List<Loop> loops = new ArrayList<>();
        for (SqliteStep step : steps.subList(0, Math.min(once, steps.size()))) {
            if (ADVANCES.contains(step.opcode()) && step.p2() <= step.address()) {
                loops.add(new Loop(step.p2(), step.address(), List.of(step)));
            } else if (step.is("Goto") && step.p2() <= step.address()) {
                loops.add(around(steps, step.p2(), step.address()));
            } else if (step.is("Jump")) {
                int first = Math.min(step.p1(), Math.min(step.p2(), step.p3()));
                if (first <= step.address()) {
                    loops.add(around(steps, first, step.address()));
                }
            }
        }
        return List.copyOf(loops);
    }

    private static Loop around(List<SqliteStep> steps, int first, int last) {
        List<SqliteStep> advances = steps.subList(first, last + 1).stream()
                .filter(step ->
                        takesFromCoroutine(step) || (ADVANCES.contains(step.opcode()) && step.p2() > step.address()))
                .toList();
        return new Loop(first, last, advances);
    }

    /** Whoever gives a row says no place to go to at the end. */
    private static boolean takesFromCoroutine(SqliteStep step) {
        return step.is("Yield") && step.p2() != 0;
    }

    List<Loop> around(int address) {
        return loops.stream().filter(loop -> loop.contains(address)).toList();
    }

    List<SqliteStep> all(String... opcodes) {
        return steps.stream().filter(step -> step.is(opcodes)).toList();
    }

    Kind kind(int cursor) {
        for (SqliteStep step : steps) {
            if (step.p1() == cursor) {
                if (step.is("OpenRead", "OpenWrite", "ReopenIdx")) {
                    return Kind.TREE;
                } else if (step.is("OpenEphemeral", "OpenAutoindex", "OpenDup")) {
                    return all("Sort").stream().anyMatch(sort -> sort.p1() == cursor) ? Kind.SORTER : Kind.TEMPORARY;
                } else if (step.is("SorterOpen")) {
                    return Kind.SORTER;
                }
            }
        }
        return Kind.OTHER;
    }

    /**
     * The page at the root of the b-tree that the cursor goes over; 0 when it is of a temporary table or another file.
     */
    int rootPage(int cursor) {
        return all("OpenRead", "ReopenIdx").stream()
                .filter(step -> step.p1() == cursor && step.p3() == 0)
                .findFirst()
                .map(SqliteStep::p2)
                .orElse(0);
    }

    /** The steps that put a row into what that cursor goes over. */
    List<SqliteStep> insertsInto(int cursor) {
        int table = opened(cursor);
        return all("Insert", "IdxInsert", "SorterInsert").stream()
                .filter(step -> opened(step.p1()) == table)
                .toList();
    }

    /** A cursor may be a second one on the same table. */
    private int opened(int cursor) {
        return all("OpenDup").stream()
                .filter(step -> step.p1() == cursor)
                .findFirst()
                .map(step -> opened(step.p2()))
                .orElse(cursor);
    }

    /** The steps that give a row to whoever takes from that coroutine. */
    List<SqliteStep> givesOf(SqliteStep taking) {
        return all("Yield").stream()
                .filter(step -> step.p1() == taking.p1() && !takesFromCoroutine(step))
                .toList();
    }

    /** The calls of the innermost subroutine that has that step in it; empty when there is none. */
    List<SqliteStep> callsAround(int address) {
        int start = -1;
        for (SqliteStep call : all("Gosub")) {
            if (call.p2() > start && call.p2() <= address && endOf(call) >= address) {
                start = call.p2();
            }
        }
        int innermost = start;
        return all("Gosub").stream().filter(call -> call.p2() == innermost).toList();
    }

    /** The last step of the subroutine, which may return in several places. */
    int endOf(SqliteStep call) {
        return all("Return").stream()
                .filter(step -> step.p1() == call.p1() && step.address() >= call.p2())
                .mapToInt(SqliteStep::address)
                .max()
                .orElse(-1);
    }

    boolean hasBetween(int first, int last, String... opcodes) {
        return all(opcodes).stream().anyMatch(step -> step.address() >= first && step.address() <= last);
    }

    /** The step that brought the loop's cursor to its first row; null when there is none. */
    @Nullable SqliteStep entryOf(Loop loop, int cursor) {
        SqliteStep entry = null;
        for (SqliteStep step : steps.subList(0, loop.last())) {
            if (step.p1() == cursor && ENTRIES.contains(step.opcode())) {
                entry = step;
            }
        }
        return entry;
    }

    /** The step that ends the loop at a key of the cursor's index; null when there is none. */
    @Nullable SqliteStep endOf(Loop loop, int cursor) {
        return steps.subList(loop.first(), loop.last() + 1).stream()
                .filter(step -> step.p1() == cursor && ENDS.contains(step.opcode()))
                .findFirst()
                .orElse(null);
    }

    /** Whether a seek is to the begin of a range, not to one value alone. */
    boolean isRange(SqliteStep seek, @Nullable SqliteStep end) {
        return end == null
                || seek.keyRegisters() != end.keyRegisters()
                || steps.subList(seek.address() + 1, end.address()).stream()
                        .anyMatch(step -> step.writes(seek.p3() + seek.keyRegisters() - 1));
    }

    /** The placeholder whose value is in the register when the step is taken; 0 when it is no placeholder's. */
    int placeholderIn(int register, int address) {
        int asked = register;
        int before = address;
        for (int copies = 0; copies < MAX_COPIES; copies++) {
            SqliteStep step = lastWrite(asked, before);
            if (step == null) {
                // A constant, made at the start, by the last steps.
                step = lastWrite(asked, steps.size());
            }
            if (step == null || step.is("Variable")) {
                return step == null ? 0 : step.p1();
            }
            asked = step.copiedInto(asked);
            before = step.address();
        }
        return 0;
    }

    private @Nullable SqliteStep lastWrite(int register, int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (steps.get(i).writes(register)) {
                return steps.get(i);
            }
        }
        return null;
    }
}
