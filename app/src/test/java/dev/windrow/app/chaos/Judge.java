package dev.windrow.app.chaos;

import dev.windrow.app.crash.LongRunFigures;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Folders;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What holds once everything is mended and all exports have ended. */
final class Judge {
    private static final JsonMapper JSON = new JsonMapper();
    /** Sweeps begin with the process. */
    private static final Duration SWEPT = Duration.ofMinutes(5);

    private final Fleet fleet;
    private final LongRunFigures figures;

    Judge(Fleet fleet, LongRunFigures figures) {
        this.fleet = fleet;
        this.figures = figures;
    }

    void judge(Load load, List<Storm.Struck> struck) throws IOException, SQLException {
        load.digests().forEach((input, found) -> {
            figures.add("inputs", 1);
            figures.add("digests of their rows", found.size());
            if (found.size() != 1) {
                figures.fault(input + " has the digests " + found);
            }
        });
        // Who starts looks at once for what was left behind.
        for (Node worker : fleet.workers) {
            worker.kill();
            worker.start();
        }
        fleet.awaitReady();
        rows(load);
        strays();
        sound(load);
        List<JsonNode> changes =
                fleet.history.changes().stream().map(JSON::readTree).toList();
        segments(changes);
        takeovers(changes, struck);
        for (Node node : fleet.nodes()) {
            figures.add("starts of processes", node.starts());
            figures.add("ends of processes that nobody killed", node.endings());
        }
        try {
            fleet.history.check();
        } catch (AssertionError e) {
            figures.fault("history: " + e.getMessage());
        }
    }

    /** Each start made one export, and each ended. */
    private void rows(Load load) throws SQLException {
        Set<String> known = new TreeSet<>(fleet.database.ask("select id from exports where state = 'completed'"));
        if (!known.equals(new TreeSet<>(load.completed().keySet()))) {
            figures.fault("completed in the table: " + known + ", to callers: "
                    + load.completed().keySet());
        }
        for (String row : fleet.database.ask("select id, state from exports where state <> 'completed'")) {
            figures.fault("left over: " + row);
        }
    }

    /** Nothing but archives of completed exports and their lists in the bucket, nothing in work folders. */
    private void strays() throws SQLException {
        Set<String> expected = new TreeSet<>();
        for (String key : fleet.database.ask("select artifact::json->>'key' from exports where state = 'completed'")) {
            expected.add("artifacts/" + key);
            expected.add("artifacts/" + key.replace(".zip", ".blocks"));
        }
        try {
            Awaitility.await("no stray object")
                    .atMost(SWEPT)
                    .until(() -> new TreeSet<>(fleet.objects()).equals(expected)
                            && fleet.workers.stream()
                                    .allMatch(worker -> Folders.files(
                                                    worker.home().resolve("work"))
                                            .isEmpty()));
        } catch (ConditionTimeoutException e) {
            Set<String> strays = new TreeSet<>(fleet.objects());
            strays.removeAll(expected);
            Set<String> missing = new TreeSet<>(expected);
            missing.removeAll(fleet.objects());
            figures.fault("stray objects " + strays + ", missing " + missing);
            for (Node worker : fleet.workers) {
                List<String> files = Folders.files(worker.home().resolve("work"));
                if (!files.isEmpty()) {
                    figures.fault(worker.name + " has work files " + files);
                }
            }
        }
        figures.add("objects in the bucket at the end", fleet.objects().size());
        for (Node worker : fleet.workers) {
            figures.add(
                    "files in quarantine",
                    Folders.files(worker.home().resolve("quarantine")).size());
        }
    }

    /** Whatever was complete is, at either process. */
    private void sound(Load load) {
        load.completed().forEach((id, sha256) -> {
            for (Node api : fleet.apis) {
                Answer file = new Http(api.url()).get("/api/v1/exports/" + id + "/file");
                boolean isSound =
                        file.status() == 200 && Digests.hex(file.bytes()).equals(sha256);
                figures.add("sound files lost", isSound ? 0 : 1);
                if (!isSound) {
                    figures.fault(id + " at " + api.name + " is " + file.status());
                }
            }
        });
    }

    /** That they go on from them is a rule of the history. */
    private void segments(List<JsonNode> changes) {
        Map<String, String> states = new HashMap<>();
        for (JsonNode change : changes) {
            String before = states.put(
                    change.path("id").asString(), change.path("state").asString());
            boolean claims =
                    "queued".equals(before) && change.path("state").asString().equals("running");
            figures.add("claims", claims ? 1 : 0);
            figures.add(
                    "claims of exports with segments",
                    claims && change.path("kept").asLong() > 0 ? 1 : 0);
        }
    }

    /** From the loss of a worker to the next claim, and to when it was noticed, for what another claimed at all. */
    private void takeovers(List<JsonNode> changes, List<Storm.Struck> struck) {
        List<Long> claimed = new ArrayList<>();
        List<Long> noticed = new ArrayList<>();
        for (Storm.Struck run : struck) {
            after(changes, run, "queued", run.claim()).ifPresent(noticed::add);
            after(changes, run, "running", run.claim() + 1).ifPresent(claimed::add);
        }
        figures.add("runs whose worker was lost", struck.size());
        spread("milliseconds until that was noticed", noticed);
        spread("milliseconds until another claimed it", claimed);
    }

    private static Optional<Long> after(List<JsonNode> changes, Storm.Struck run, String state, long claim) {
        return changes.stream()
                .filter(change -> change.path("id").asString().equals(run.id())
                        && change.path("state").asString().equals(state)
                        && change.path("claim").asLong() == claim
                        && change.path("at").asLong() >= run.atMillis())
                .map(change -> change.path("at").asLong() - run.atMillis())
                .findFirst();
    }

    private void spread(String name, List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        if (!sorted.isEmpty()) {
            figures.add(name + ": how many", sorted.size());
            figures.add(name + ": median", sorted.get(sorted.size() / 2));
            figures.add(name + ": 90 of 100", sorted.get(sorted.size() * 9 / 10));
            figures.add(name + ": most", sorted.get(sorted.size() - 1));
        }
    }
}
