package dev.windrow.app.chaos;

import dev.windrow.app.chaos.Fault.Kind;
import dev.windrow.app.crash.LongRunFigures;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a plan: strikes and mends in its order, at its times or as soon after them as it can. */
final class Storm {
    private static final Logger log = LoggerFactory.getLogger(Storm.class);
    /** Longer than a lease and a look: whoever is away for so long loses what it ran. */
    private static final long LOST_MILLIS = 15_000;

    private static final int REQUESTS = 25;
    private static final long ANSWER = 20_000;

    private final Fleet fleet;
    private final LongRunFigures figures;
    /** Runs whose worker was taken from them. */
    private final List<Struck> struck = new ArrayList<>();

    private List<String> postgres = List.of();

    Storm(Fleet fleet, LongRunFigures figures) {
        this.fleet = fleet;
        this.figures = figures;
    }

    /**
     * A run whose worker went away for so long that another must take it over.
     *
     * @param atMillis when, as the database counts
     */
    record Struck(String id, long claim, long atMillis) {
        /** What was lost already may not have been noticed yet. */
        private boolean isSame(Struck other) {
            return id.equals(other.id) && claim == other.claim;
        }
    }

    private record Act(long atMillis, Fault fault, Callable<Void> what) {}

    List<Struck> struck() {
        return List.copyOf(struck);
    }

    void pass(Plan plan) throws Exception {
        List<Act> acts = new ArrayList<>();
        for (Fault fault : plan.faults()) {
            acts.add(new Act(fault.atMillis(), fault, () -> {
                strike(fault);
                return null;
            }));
            acts.add(new Act(fault.endMillis(), fault, () -> {
                mend(fault);
                return null;
            }));
        }
        acts.sort(Comparator.comparingLong(Act::atMillis));
        long began = System.nanoTime();
        for (Act act : acts) {
            long wait = act.atMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            if (wait > 0) {
                Thread.sleep(wait);
            }
            act.what().call();
        }
    }

    private void strike(Fault fault) throws IOException, InterruptedException {
        log.info("{}", fault);
        figures.add("faults: " + fault.kind(), 1);
        figures.add("faults of all kinds", 1);
        if (fault.kind() == Kind.RESTART_DATABASE) {
            fleet.nodes().forEach(node -> node.say(fault.toString()));
            postgres = fleet.database.end();
            return;
        } else if (fault.kind() == Kind.RESTART_BUCKET) {
            fleet.nodes().forEach(node -> node.say(fault.toString()));
            fleet.bucket.kill();
            return;
        }
        Node node = fleet.node(fault.node());
        node.say(fault.toString());
        note(node, fault);
        switch (fault.kind()) {
            case KILL -> node.kill();
            case LOSE_MACHINE -> {
                node.kill();
                node.lose();
            }
            case PAUSE -> node.signal("STOP");
            case REFUSE_DATABASE -> node.database.refuse();
            case SWALLOW_DATABASE -> node.database.swallow();
            case STALL_DATABASE -> node.database.stall();
            case REFUSE_BUCKET -> node.bucket.refuse();
            case SWALLOW_BUCKET -> node.bucket.swallow();
            case STALL_BUCKET -> node.bucket.stall();
            case SLOW_DOWN -> node.answers.slowDown(REQUESTS);
            case CUT_ANSWERS -> node.answers.cutAnswers(REQUESTS, ANSWER);
            default -> throw new IllegalArgumentException(fault.toString());
        }
    }

    /** Kills, losses, and what lasts longer than a lease. */
    private void note(Node node, Fault fault) {
        boolean away = switch (fault.kind()) {
            case KILL, LOSE_MACHINE -> true;
            case PAUSE, REFUSE_DATABASE, SWALLOW_DATABASE -> fault.lastsMillis() > LOST_MILLIS;
            default -> false;
        };
        if (!away || !node.isWorker()) {
            return;
        }
        try {
            for (String row : fleet.database.ask("select id, claim, lease_owner,"
                    + " floor(extract(epoch from clock_timestamp()) * 1000)::bigint from exports"
                    + " where state = 'running'")) {
                String[] columns = row.split(" ", -1);
                Struck run = new Struck(columns[0], Long.parseLong(columns[1]), Long.parseLong(columns[3]));
                if (node.isOwner(columns[2]) && struck.stream().noneMatch(run::isSame)) {
                    struck.add(run);
                }
            }
        } catch (SQLException e) {
            // The database is away as well: what was running is not known, and not measured.
            log.info("not known what {} runs: {}", node.name, e.getMessage());
        }
    }

    private void mend(Fault fault) throws IOException, InterruptedException {
        if (fault.kind() == Kind.RESTART_DATABASE) {
            fleet.database.begin(postgres);
            return;
        } else if (fault.kind() == Kind.RESTART_BUCKET) {
            fleet.bucket.start();
            return;
        }
        Node node = fleet.node(fault.node());
        node.say("mended:" + fault);
        switch (fault.kind()) {
            case KILL, LOSE_MACHINE -> node.start();
            case PAUSE -> node.signal("CONT");
            case REFUSE_DATABASE, SWALLOW_DATABASE -> node.database.pass();
            case STALL_DATABASE -> node.database.forget();
            case REFUSE_BUCKET, SWALLOW_BUCKET -> node.bucket.pass();
            case STALL_BUCKET -> node.bucket.forget();
            case SLOW_DOWN, CUT_ANSWERS -> node.answers.heal();
            default -> throw new IllegalArgumentException(fault.toString());
        }
    }
}
