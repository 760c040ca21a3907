package dev.windrow.app.history;

import dev.windrow.common.export.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds a history of exports, JSON lines as {@link History} writes them, against the rules of
 * {@code docs/architecture.md}. As a program it takes files and ends with 1 if any of them breaks a rule.
 */
final class HistoryCheck {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_LOSSES = 5;

    private final List<String> faults = new ArrayList<>();
    private final Map<String, JsonNode> rows = new HashMap<>();
    /** The digest of the last archive that each export was completed with. */
    private final Map<String, String> completed = new HashMap<>();

    /** Of how many rows segments were kept when an export was claimed last. */
    private final Map<String, Long> kept = new HashMap<>();

    private final Map<String, Integer> started = new HashMap<>();
    private int line;

    private HistoryCheck() {}

    public static void main(String[] files) throws IOException {
        boolean sound = true;
        for (String file : files) {
            List<String> faults = faults(Files.readAllLines(Path.of(file)));
            System.out.println(file + ": " + (faults.isEmpty() ? "sound" : String.join("\n  ", faults)));
            sound &= faults.isEmpty();
        }
        if (!sound) {
            System.exit(1);
        }
    }

    /** What is wrong with it, each with the number of its line; empty if it is sound. */
    static List<String> faults(List<String> lines) {
        HistoryCheck check = new HistoryCheck();
        for (String each : lines) {
            check.line++;
            check.event(JSON.readTree(each));
        }
        check.end();
        return check.faults;
    }

    private void event(JsonNode event) {
        String id = event.path("id").asString("");
        switch (event.path("event").asString()) {
            case "insert" -> inserted(id, event);
            case "update" -> updated(id, event);
            case "delete" -> deleted(id);
            case "start" -> started(id);
            case "download" -> downloaded(id, event);
            case "kill" -> {}
            default -> holds(false, "an unknown event");
        }
    }

    private void holds(boolean condition, String rule) {
        if (!condition) {
            faults.add("line " + line + ": " + rule);
        }
    }

    private void inserted(String id, JsonNode row) {
        holds(
                state(row) == State.QUEUED && number(row, "claim") == 0 && number(row, "attempt") == 1,
                "an export begins queued");
        holds(rows.put(id, row) == null, "an export is made once");
    }

    private void deleted(String id) {
        holds(rows.remove(id) != null, "only an export that is there can be deleted");
        started.remove(id);
    }

    private void started(String id) {
        holds(rows.containsKey(id), "a start is answered after its export is in the table");
        started.put(id, line);
    }

    private void downloaded(String id, JsonNode event) {
        holds(text(event, "sha256").equals(completed.get(id)), "a download is what the export was completed with");
    }

    private void updated(String id, JsonNode row) {
        JsonNode before = rows.put(id, row);
        if (before == null) {
            holds(false, "only an export that is there can change");
            return;
        }
        State from = state(before);
        State to = state(row);
        holds(
                from == to || from.next().contains(to),
                "states follow each other as State.next says: " + from + " to " + to);
        boolean claims = from == State.QUEUED && to == State.RUNNING;
        holds(
                number(row, "claim") == number(before, "claim") + (claims ? 1 : 0),
                "a claim grows by one when it is taken, and only then");
        if (claims) {
            kept.put(id, number(row, "kept"));
        }
        boolean isFirst = number(row, "checkpoint") == number(row, "claim")
                && number(before, "checkpoint") != number(row, "claim");
        holds(
                !isFirst || number(row, "rows") >= kept.getOrDefault(id, 0L),
                "a run goes on from where segments are kept");
        attempts(before, row);
        checkpoints(before, row);
        losses(before, row);
        publishing(before, row);
        if (!from.isActive() && to == State.QUEUED) {
            boolean clean = List.of("checkpoint", "intent", "artifact").stream().allMatch(field -> isNull(row, field));
            holds(clean && number(row, "losses") == 0, "a retry begins with nothing");
        }
        if (to == State.COMPLETED && from != State.COMPLETED) {
            completed.put(id, text(row, "sha256"));
        }
    }

    private void attempts(JsonNode before, JsonNode row) {
        boolean requeued = state(before) != State.QUEUED && state(row) == State.QUEUED;
        long more = number(row, "attempt") - number(before, "attempt");
        holds(more == 0 || more == 1 && requeued, "an attempt is counted when an export is queued again");
        holds(state(before).isActive() || !requeued || more == 1, "a retry is an attempt");
    }

    /** Within a lineage, that is, as long as each claim goes on from the checkpoint before, what is kept only grows. */
    private void checkpoints(JsonNode before, JsonNode row) {
        boolean same =
                isSame(before, row, "checkpoint") && isSame(before, row, "rows") && isSame(before, row, "length");
        if (same || isNull(row, "checkpoint")) {
            holds(same || !(state(before) == State.RUNNING && state(row).isActive()), "a run forgets no checkpoint");
            return;
        }
        holds(state(before) == State.RUNNING && state(row) == State.RUNNING, "a checkpoint is written by a run");
        holds(number(row, "checkpoint") == number(row, "claim"), "a checkpoint is of the claim that there is");
        boolean own = isSame(before, row, "checkpoint");
        // How far the claim before had resumed is in the row until this one says how far it has.
        boolean segments = !isNull(before, "kept") && number(row, "rows") == number(before, "kept");
        boolean resumed = !isNull(before, "checkpoint") && number(row, "resumedFrom") == number(before, "rows");
        if (own || resumed && !segments && !isNull(row, "resumedFrom")) {
            boolean grows =
                    number(row, "rows") >= number(before, "rows") && number(row, "length") >= number(before, "length");
            holds(grows, "a checkpoint takes nothing back");
        }
    }

    private void losses(JsonNode before, JsonNode row) {
        long more = number(row, "losses") - number(before, "losses");
        boolean leaves = state(before) == State.RUNNING && state(row) != State.RUNNING;
        boolean forgiven = number(row, "losses") == 0;
        holds(more == 0 || forgiven || more == 1 && leaves, "a loss is counted when a run is lost");
        boolean checkpoint = !isNull(row, "checkpoint") && state(row) == State.RUNNING;
        boolean retry = !state(before).isActive() && state(row) == State.QUEUED;
        holds(more >= 0 || checkpoint || retry, "losses are forgiven at a checkpoint or a retry");
        holds(
                number(row, "losses") < MOST_LOSSES || !state(row).isActive(),
                "an export that was lost five times has failed");
    }

    private void publishing(JsonNode before, JsonNode row) {
        if (!isSame(before, row, "intent") && !isNull(row, "intent")) {
            holds(state(before) == State.RUNNING && state(row) == State.RUNNING, "an intent is a run's");
            holds(claimOf(row, "intent") == number(row, "claim"), "a claim intends to publish what it wrote itself");
        }
        if (state(row) == State.COMPLETED && state(before) == State.RUNNING) {
            boolean intended = text(row, "artifact").equals(text(before, "intent"))
                    && text(row, "sha256").equals(text(before, "intended"));
            holds(intended, "an export is completed with what was intended");
        } else if (!isSame(before, row, "artifact") || !isSame(before, row, "sha256")) {
            boolean removed = isNull(row, "artifact") && !state(before).isActive();
            holds(removed, "an artifact stays what it is until it is expired");
        }
    }

    private void end() {
        started.forEach((id, at) -> {
            JsonNode row = rows.get(id);
            if (row != null && state(row).isActive()) {
                faults.add("line " + at + ": an export that was accepted comes to an end");
            }
        });
    }

    /** The claim in a key such as {@code 0190….3.zip}. */
    private static long claimOf(JsonNode row, String field) {
        return Long.parseLong(text(row, field).split("\\.", -1)[1]);
    }

    private static State state(JsonNode row) {
        return State.of(text(row, "state"));
    }

    private static long number(JsonNode row, String field) {
        return row.path(field).asLong(0);
    }

    private static String text(JsonNode row, String field) {
        return row.path(field).asString("");
    }

    private static boolean isNull(JsonNode row, String field) {
        return row.path(field).isNull() || row.path(field).isMissingNode();
    }

    private static boolean isSame(JsonNode one, JsonNode other, String field) {
        return one.path(field).equals(other.path(field));
    }
}
