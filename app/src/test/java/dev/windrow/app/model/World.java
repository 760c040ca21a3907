package dev.windrow.app.model;

import java.util.Arrays;
import java.util.List;

/**
 * One state of the model: the row of one export, the files of its claims as they are and as they would be after a power
 * cut, and whoever is in the middle of something. Claims are counted from 1; 0 is none.
 */
final class World {
    /**
     * As {@link dev.windrow.common.export.State}. Failed, cancelled and expired are one: nobody treats them otherwise.
     */
    enum RowState {
        QUEUED,
        RUNNING,
        COMPLETED,
        ENDED;

        boolean isActive() {
            return this == QUEUED || this == RUNNING;
        }
    }

    /** Where a run is: what it does next. */
    enum At {
        FREE,
        CLAIMED,
        ADOPTING,
        WRITING,
        SYNCED,
        NOTING,
        TIDYING,
        SEALED,
        INTENDING,
        RENAMING,
        RENAMED,
        COMPLETING,
        CLEANING,
        LOST,
        SPOILT
    }

    final Scope scope;
    /** A file of this length is sealed; shorter ones are so many blocks long. */
    final int whole;

    // The row. A change of it is durable at once: the status table syncs each commit.
    RowState state = RowState.QUEUED;
    int claim;
    int checkpointOf;
    int checkpointLength;
    int intentOf;
    int artifactOf;
    int losses;
    /** Whether a bell has been rung that nobody has answered. */
    boolean rung = true;
    /** Losses since the last checkpoint, counted by nobody but this model. */
    int lossesInTruth;

    // A sweep that has seen a running export, and may be slow to take it.
    int holdOf;
    int holdLosses;
    boolean leaseMoved;

    // The file of each claim: its two possible names, and which of them a power cut leaves; and its bytes.
    final boolean[] work;
    final boolean[] workKept;
    final boolean[] store;
    final boolean[] storeKept;
    final int[] length;
    final int[] synced;
    /** What is behind the synced length is not what was written. */
    final boolean[] junk;

    // The runs: one each worker, or each of a worker's lanes.
    final At[] at;
    final int[] runOf;
    final int[] seenCheckpoint;
    final int[] seenLength;
    /** The archive that it takes over or publishes, by the claim that sealed it. */
    final int[] target;
    /** Whether it has written a checkpoint of its own. */
    final boolean[] noted;

    World(Scope scope) {
        int files = scope.claims() + 1;
        int runs = scope.runs();
        this.scope = scope;
        whole = scope.blocks() + 1;
        work = new boolean[files];
        workKept = new boolean[files];
        store = new boolean[files];
        storeKept = new boolean[files];
        length = new int[files];
        synced = new int[files];
        junk = new boolean[files];
        at = new At[runs];
        Arrays.fill(at, At.FREE);
        runOf = new int[runs];
        seenCheckpoint = new int[runs];
        seenLength = new int[runs];
        target = new int[runs];
        noted = new boolean[runs];
    }

    private World(World other) {
        scope = other.scope;
        whole = other.whole;
        work = other.work.clone();
        workKept = other.workKept.clone();
        store = other.store.clone();
        storeKept = other.storeKept.clone();
        length = other.length.clone();
        synced = other.synced.clone();
        junk = other.junk.clone();
        at = other.at.clone();
        runOf = other.runOf.clone();
        seenCheckpoint = other.seenCheckpoint.clone();
        seenLength = other.seenLength.clone();
        target = other.target.clone();
        noted = other.noted.clone();
    }

    World copy() {
        World copy = new World(this);
        copy.state = state;
        copy.claim = claim;
        copy.checkpointOf = checkpointOf;
        copy.checkpointLength = checkpointLength;
        copy.intentOf = intentOf;
        copy.artifactOf = artifactOf;
        copy.losses = losses;
        copy.rung = rung;
        copy.lossesInTruth = lossesInTruth;
        copy.holdOf = holdOf;
        copy.holdLosses = holdLosses;
        copy.leaseMoved = leaseMoved;
        return copy;
    }

    boolean isWhole(int file) {
        return length[file] == whole && !junk[file];
    }

    boolean isHeldBy(int run) {
        return state == RowState.RUNNING && claim == runOf[run];
    }

    /**
     * The file of the run that there is, of the checkpoint that a run goes on from, and of an archive about to be
     * published.
     */
    boolean needsWork(int file) {
        boolean running = state == RowState.RUNNING && claim == file;
        return state.isActive() && (running || checkpointOf == file || intentOf == file);
    }

    /** The artifact of a completed export, and the one that a run is about to complete with. */
    boolean needsStore(int file) {
        return state == RowState.COMPLETED && artifactOf == file || state.isActive() && intentOf == file;
    }

    void forgetCheckpoint() {
        checkpointOf = 0;
        checkpointLength = 0;
    }

    void free(int run) {
        at[run] = At.FREE;
        runOf[run] = 0;
        seenCheckpoint[run] = 0;
        seenLength[run] = 0;
        target[run] = 0;
        noted[run] = false;
    }

    /**
     * Makes states the same that differ in nothing that matters any more: forgets files that no row needs and no run
     * touches, of a row what its state makes meaningless, and in which order the runs stand.
     */
    World canonical() {
        rung = rung || state != RowState.QUEUED;
        if (!state.isActive()) {
            losses = 0;
            lossesInTruth = 0;
            forgetCheckpoint();
            intentOf = 0;
        }
        artifactOf = state == RowState.COMPLETED ? artifactOf : 0;
        for (int file = 1; file <= scope.claims(); file++) {
            if (!needsWork(file) && !needsStore(file) && !isTouched(file)) {
                forget(file);
            }
        }
        for (int i = 1; i < at.length; i++) {
            for (int j = i; j > 0 && runOf[j] < runOf[j - 1]; j--) {
                swap(j, j - 1);
            }
        }
        return this;
    }

    private boolean isTouched(int file) {
        for (int run = 0; run < at.length; run++) {
            if (runOf[run] == file || target[run] == file || seenCheckpoint[run] == file) {
                return true;
            }
        }
        return false;
    }

    private void forget(int file) {
        work[file] = false;
        workKept[file] = false;
        store[file] = false;
        storeKept[file] = false;
        length[file] = 0;
        synced[file] = 0;
        junk[file] = false;
    }

    private void swap(int i, int j) {
        At where = at[i];
        at[i] = at[j];
        at[j] = where;
        boolean was = noted[i];
        noted[i] = noted[j];
        noted[j] = was;
        for (int[] each : new int[][] {runOf, seenCheckpoint, seenLength, target}) {
            int value = each[i];
            each[i] = each[j];
            each[j] = value;
        }
    }

    byte[] encode() {
        byte[] bytes = new byte[scope.bytes()];
        int[] next = {0};
        put(bytes, next, STATES.indexOf(state), claim, checkpointOf, checkpointLength, intentOf, artifactOf, losses);
        put(bytes, next, bit(rung), lossesInTruth, holdOf, holdLosses, bit(leaseMoved));
        for (int file = 1; file <= scope.claims(); file++) {
            int names = bit(work[file])
                    + 2 * bit(workKept[file])
                    + 4 * bit(store[file])
                    + 8 * bit(storeKept[file])
                    + 16 * bit(junk[file]);
            put(bytes, next, names, length[file] * 8 + synced[file]);
        }
        for (int run = 0; run < at.length; run++) {
            put(bytes, next, PLACES.indexOf(at[run]) * 2 + bit(noted[run]), runOf[run] * 8 + target[run]);
            put(bytes, next, seenCheckpoint[run] * 8 + seenLength[run]);
        }
        return bytes;
    }

    static World decode(Scope scope, byte[] bytes) {
        World world = new World(scope);
        world.state = STATES.get(bytes[0]);
        world.claim = bytes[1];
        world.checkpointOf = bytes[2];
        world.checkpointLength = bytes[3];
        world.intentOf = bytes[4];
        world.artifactOf = bytes[5];
        world.losses = bytes[6];
        world.rung = bytes[7] == 1;
        world.lossesInTruth = bytes[8];
        world.holdOf = bytes[9];
        world.holdLosses = bytes[10];
        world.leaseMoved = bytes[11] == 1;
        int next = ROW;
        for (int file = 1; file <= scope.claims(); file++) {
            int names = bytes[next++];
            world.work[file] = (names & 1) != 0;
            world.workKept[file] = (names & 2) != 0;
            world.store[file] = (names & 4) != 0;
            world.storeKept[file] = (names & 8) != 0;
            world.junk[file] = (names & 16) != 0;
            world.length[file] = bytes[next] / 8;
            world.synced[file] = bytes[next++] % 8;
        }
        for (int run = 0; run < scope.runs(); run++) {
            world.noted[run] = bytes[next] % 2 == 1;
            world.at[run] = PLACES.get(bytes[next++] / 2);
            world.runOf[run] = bytes[next] / 8;
            world.target[run] = bytes[next++] % 8;
            world.seenCheckpoint[run] = bytes[next] / 8;
            world.seenLength[run] = bytes[next++] % 8;
        }
        return world;
    }

    static final int ROW = 12;
    private static final List<RowState> STATES = List.of(RowState.values());
    private static final List<At> PLACES = List.of(At.values());

    private static void put(byte[] bytes, int[] next, int... values) {
        for (int value : values) {
            bytes[next[0]++] = (byte) value;
        }
    }

    private static int bit(boolean value) {
        return value ? 1 : 0;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(state + " claim " + claim);
        text.append(", checkpoint ").append(checkpointOf).append(':').append(checkpointLength);
        text.append(", intent ")
                .append(intentOf)
                .append(", artifact ")
                .append(artifactOf)
                .append(", losses ")
                .append(losses);
        for (int file = 1; file <= scope.claims(); file++) {
            text.append(" | file ")
                    .append(file)
                    .append(work[file] ? " work" : "")
                    .append(store[file] ? " store" : "");
            text.append(workKept[file] ? " (work)" : "").append(storeKept[file] ? " (store)" : "");
            text.append(' ')
                    .append(length[file])
                    .append('/')
                    .append(synced[file])
                    .append(junk[file] ? " junk" : "");
        }
        for (int run = 0; run < at.length; run++) {
            text.append(" | run of ").append(runOf[run]).append(' ').append(at[run]);
        }
        return text.toString();
    }
}
