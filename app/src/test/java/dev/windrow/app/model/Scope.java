package dev.windrow.app.model;

/**
 * How big the model is.
 *
 * @param runs how many runs there are at a time: workers, or lanes of one
 * @param claims how often the export is claimed at most
 * @param blocks of which an archive consists: places for a checkpoint
 * @param mostLosses so many losses in a row without a new checkpoint end an export
 * @param user whether somebody cancels and retries, and files expire
 * @param slowSweeps whether a sweep may be slow between its look at a running export and its taking it
 * @param cuts whether the power may be cut, and disks may fail
 */
record Scope(int runs, int claims, int blocks, int mostLosses, boolean user, boolean slowSweeps, boolean cuts) {
    /** What a state takes. */
    int bytes() {
        return World.ROW + 2 * claims + 3 * runs;
    }
}
