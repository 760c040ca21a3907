package dev.windrow.app.model;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Visits every state that can be reached, nearest first, and checks each step against the {@link Rules}. Belongs to one
 * thread.
 */
final class Explorer {
    private final Scope scope;
    private final Protocol protocol;
    private final List<Rules> rules;
    private final States states;
    /**
     * By the number of a state: the state from which it was first reached, and the last undisturbed step that leads to
     * it.
     */
    private final Numbers from = new Numbers();

    private final Numbers lastInto = new Numbers();
    /**
     * By the number of an undisturbed step: the state that it leads from, and another step to the same state, or -1.
     */
    private final Numbers sources = new Numbers();

    private final Numbers earlier = new Numbers();
    private long steps;

    Explorer(Scope scope, Mutant mutant) {
        this(scope, mutant, List.of(Rules.values()));
    }

    /** @param rules those that steps are held against */
    Explorer(Scope scope, Mutant mutant, List<Rules> rules) {
        this.rules = rules;
        this.scope = scope;
        this.protocol = new Protocol(mutant);
        this.states = new States(scope.bytes());
    }

    /** A rule that can be broken, and the shortest way to it. */
    static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenException(String rule, String way) {
            super(rule + "\n" + way);
        }
    }

    int states() {
        return states.size();
    }

    long steps() {
        return steps;
    }

    /** @throws BrokenException with the shortest way to what is wrong, if anything is */
    void visitAll() {
        states.numberOf(new World(scope).canonical().encode());
        from.add(-1);
        lastInto.add(-1);
        for (int visited = 0; visited < states.size(); visited++) {
            int number = visited;
            World before = world(number);
            protocol.next(before, (step, run, after) -> visit(number, before, step, run, after));
        }
    }

    private void visit(int number, World before, Step step, int run, World after) {
        steps++;
        for (Rules rule : rules) {
            if (rule.isBroken(before, step, run, after)) {
                throw new BrokenException(rule.name(), wayTo(number) + "\n" + step + "  " + after);
            }
        }
        int next = states.numberOf(after.canonical().encode());
        if (next == from.size()) {
            from.add(number);
            lastInto.add(-1);
        }
        if (!step.disturbs() && next != number) {
            sources.add(number);
            earlier.add(lastInto.get(next));
            lastInto.set(next, sources.size() - 1);
        }
    }

    /**
     * After {@link #visitAll}: that every export that waits or runs can come to an end without anybody's help, if
     * nothing disturbs it any more and it may still be claimed once.
     *
     * @throws BrokenException when one can't
     */
    void allCanEnd() {
        BitSet ends = new BitSet(states.size());
        Numbers open = new Numbers();
        for (int number = 0; number < states.size(); number++) {
            if (!world(number).state.isActive()) {
                ends.set(number);
                open.add(number);
            }
        }
        for (int i = 0; i < open.size(); i++) {
            for (int edge = lastInto.get(open.get(i)); edge >= 0; edge = earlier.get(edge)) {
                int source = sources.get(edge);
                if (!ends.get(source)) {
                    ends.set(source);
                    open.add(source);
                }
            }
        }
        for (int number = ends.nextClearBit(0); number < states.size(); number = ends.nextClearBit(number + 1)) {
            if (world(number).claim < scope.claims()) {
                throw new BrokenException("EVERY_EXPORT_CAN_END", wayTo(number));
            }
        }
    }

    private World world(int number) {
        return World.decode(scope, states.get(number));
    }

    private String wayTo(int number) {
        Deque<World> way = new ArrayDeque<>();
        for (int at = number; at > 0; at = from.get(at)) {
            way.push(world(at));
        }
        StringBuilder text = new StringBuilder();
        World before = new World(scope).canonical();
        for (World after : way) {
            text.append(stepBetween(before, after)).append("  ").append(after).append('\n');
            before = after;
        }
        return text.toString();
    }

    private Step stepBetween(World before, World after) {
        Step[] found = new Step[1];
        protocol.next(before, (step, run, next) -> {
            if (Arrays.equals(next.canonical().encode(), after.encode())) {
                found[0] = step;
            }
        });
        return found[0];
    }
}
