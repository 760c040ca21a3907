package dev.windrow.app.model;

/** A state, and who is told of those that may follow it. */
record Next(World now, Moves moves) {
    interface Moves {
        /**
         * @param run who takes the step; -1 for no run
         * @param after the receiver's
         */
        void to(Step step, int run, World after);
    }

    /** A change of a copy of the state. */
    interface Change {
        void make(World after);
    }

    void add(Step step, int run, Change change) {
        World after = now.copy();
        change.make(after);
        moves.to(step, run, after);
    }

    void add(Step step, Change change) {
        add(step, -1, change);
    }
}
