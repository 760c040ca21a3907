package dev.windrow.app.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened to the exports of one status table while a test was at work: the table's changes, and what the test
 * itself did and was told. At its end it is written to {@code target/histories} as JSON lines and held against {@link
 * HistoryCheck}. Thread-safe.
 */
public final class History {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path FOLDER = Path.of("target/histories");

    private final Journal journal;
    private final List<Journal.Line> told = new ArrayList<>();
    private boolean kept;
    private boolean checked;

    /** @param home with or without a status table, of SQLite */
    public History(Path home) {
        this(Journal.ofSqlite(home.resolve("windrow.db")));
    }

    private History(Journal journal) {
        this.journal = journal;
    }

    /** @param url of a status table on a PostgreSQL that may be restarted meanwhile, with the user */
    public static History ofPostgres(String url) {
        return new History(Journal.ofPostgres(url));
    }

    /** The changes so far, as JSON objects. */
    public List<String> changes() {
        return journal.lines().stream().map(Journal.Line::event).toList();
    }

    /** Keeps the journal from now on. To be called when the status table is there, before anything is started. */
    public synchronized void keep() {
        if (!kept) {
            journal.install();
            kept = true;
        }
    }

    /** A start was answered with this id. */
    public void started(String id) {
        tell(JSON.createObjectNode().put("event", "start").put("id", id));
    }

    /** What was downloaded has this digest. */
    public void downloaded(String id, String sha256) {
        tell(JSON.createObjectNode().put("event", "download").put("id", id).put("sha256", sha256));
    }

    private synchronized void tell(ObjectNode event) {
        if (kept) {
            told.add(new Journal.Line(journal.last(), event.toString()));
        }
    }

    /** A process was killed. The table may be out of reach then, so its place is that of what was told before. */
    public synchronized void killed(String process) {
        long last = told.isEmpty() ? 0 : told.get(told.size() - 1).seq();
        told.add(new Journal.Line(
                last,
                JSON.createObjectNode()
                        .put("event", "kill")
                        .put("process", process)
                        .toString()));
    }

    /**
     * Writes it down and checks it, once. The status table is still there, and nobody is at work on it.
     *
     * @throws AssertionError naming the file, when it breaks a rule
     */
    public synchronized void check() throws IOException {
        if (!kept || checked || !journal.canBeKept()) {
            return;
        }
        checked = true;
        // The sort is stable: what was told comes after the changes that were there.
        List<String> lines = Stream.concat(journal.lines().stream(), told.stream())
                .sorted(Comparator.comparingLong(Journal.Line::seq))
                .map(Journal.Line::event)
                .toList();
        Files.createDirectories(FOLDER);
        Path file = Files.createTempFile(FOLDER, "history", ".jsonl");
        Files.write(file, lines);
        List<String> faults = HistoryCheck.faults(lines);
        if (!faults.isEmpty()) {
            throw new AssertionError(file + ":\n" + String.join("\n", faults));
        }
    }
}
