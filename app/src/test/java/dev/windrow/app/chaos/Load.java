package dev.windrow.app.chaos;

import dev.windrow.app.crash.LongRunFigures;
import dev.windrow.testkit.Digests;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;

/**
 * Callers who know both API processes and go to the other one when one does not answer: they start an export under a
 * key, look at it until it has ended, fetch it from both, and write down what no caller should see. Thread-safe.
 */
final class Load {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 300;

    private final Fleet fleet;
    private final LongRunFigures figures;
    private final Map<String, String> sha256 = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> digests = new ConcurrentHashMap<>();

    Load(Fleet fleet, LongRunFigures figures) {
        this.fleet = fleet;
        this.figures = figures;
    }

    /** What an export gives: of one input all archives have the same rows. */
    record Input(String dataset, long rows) {
        String start() {
            return "{\"dataset\":\"" + dataset + "\",\"parameters\":{\"most\":" + rows + "}}";
        }
    }

    /** The digest of each archive that was completed, by its export. */
    Map<String, String> completed() {
        return Map.copyOf(sha256);
    }

    /** What the rows of each input were, by their digests. */
    Map<String, Set<String>> digests() {
        return Map.copyOf(digests);
    }

    /**
     * Makes one export, from its start to its last download.
     *
     * @param number of this export, from which its key is made
     * @param untilNanos until when, by {@link System#nanoTime}
     */
    void make(Input input, int number, long untilNanos) throws IOException, InterruptedException {
        String id = start(input, number, untilNanos);
        JsonNode end = follow(id, input, untilNanos);
        String state = end.path("state").asString();
        figures.add("exports that ended", 1);
        figures.add("exports " + state, 1);
        if (!state.equals("completed")) {
            figures.fault(id + " ended as " + end);
            return;
        }
        if (!end.at("/progress/resumedFromRow").isNull()) {
            figures.add("exports that went on from what was kept", 1);
        }
        figures.most("most attempts of an export", end.path("attempt").asLong());
        sha256.put(id, end.at("/file/sha256").asString());
        for (int api = 0; api < 2; api++) {
            fetch(id, input, end, api, untilNanos);
        }
    }

    private String start(Input input, int number, long untilNanos) throws InterruptedException {
        String key = "chaos-" + number;
        Answer first = answered(number, untilNanos, http -> post(http, input, key), 202);
        String id = first.json().path("id").asString();
        fleet.history.started(id);
        figures.add("exports started", 1);
        // As a caller does who did not get the answer; it may have begun or ended by now.
        Answer again = answered(number + 1, untilNanos, http -> post(http, input, key), 202, 200);
        if (!again.json().path("id").asString().equals(id)) {
            figures.fault("the same start is " + id + " and " + again);
        }
        return id;
    }

    private static Answer post(Http http, Input input, String key) {
        return http.send(
                "POST", "/api/v1/exports", input.start(), "Content-Type", "application/json", "Idempotency-Key", key);
    }

    private JsonNode follow(String id, Input input, long untilNanos) throws InterruptedException {
        long attempt = 1;
        for (int turn = 0; ; turn++) {
            JsonNode status =
                    answered(turn, untilNanos, http -> http.get(to(id)), 200).json();
            String state = status.path("state").asString();
            JsonNode progress = status.path("progress");
            long rows = progress.path("rowsWritten").asLong();
            boolean isOver = !Set.of("queued", "running").contains(state);
            if (rows > input.rows() || progress.path("percent").asDouble() > 100) {
                figures.fault(id + " is beyond what there is: " + status);
            }
            if (progress.path("percent").asDouble() == 100 && !state.equals("completed")) {
                figures.fault(id + " is at its end, and is not: " + status);
            }
            if (status.path("attempt").asLong() < attempt) {
                figures.fault(id + " has fewer attempts than " + attempt + ": " + status);
            }
            attempt = status.path("attempt").asLong();
            if (isOver) {
                if (state.equals("completed") && rows != input.rows()) {
                    figures.fault(id + " has not all rows: " + status);
                }
                return status;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private void fetch(String id, Input input, JsonNode end, int api, long untilNanos)
            throws IOException, InterruptedException {
        Answer status = answered(api, untilNanos, http -> http.get(to(id)), 200);
        if (!status.json().at("/file/sha256").equals(end.at("/file/sha256"))
                || !status.json().path("state").asString().equals("completed")) {
            figures.fault(id + " was " + end + " and is " + status);
            return;
        }
        byte[] archive = download(id, end, api, untilNanos);
        String found = Digests.hex(archive);
        fleet.history.downloaded(id, found);
        figures.add("downloads", 1);
        if (!found.equals(end.at("/file/sha256").asString())) {
            figures.fault(id + ": " + fleet.api(api) + " gave " + found + " for " + end);
            return;
        }
        digests.computeIfAbsent(input.toString(), any -> ConcurrentHashMap.newKeySet())
                .add(digestOfRows(archive));
    }

    /** In as many pieces as it takes, each from another process. */
    private byte[] download(String id, JsonNode end, int api, long untilNanos) throws InterruptedException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        long whole = end.at("/file/bytes").asLong();
        for (int turn = api; got.size() < whole; turn++) {
            String[] headers = got.size() == 0
                    ? new String[0]
                    : new String[] {
                        "Range",
                        "bytes=" + got.size() + "-",
                        "If-Range",
                        "\"" + end.at("/file/sha256").asString() + "\""
                    };
            int wanted = got.size() == 0 ? 200 : 206;
            try {
                HttpResponse<InputStream> answer =
                        new Http(fleet.api(turn), PATIENCE).stream(to(id) + "/file", headers);
                try (InputStream body = answer.body()) {
                    if (answer.statusCode() == wanted) {
                        copy(body, got);
                    } else if (answer.statusCode() < 500) {
                        figures.fault(id + ": download from " + got.size() + " is " + answer.statusCode() + " "
                                + answer.headers().map());
                        return got.toByteArray();
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                figures.add("downloads that were cut and went on", got.size() > 0 ? 1 : 0);
            }
            if (got.size() < whole) {
                patience(untilNanos, id + " can't be downloaded");
            }
        }
        return got.toByteArray();
    }

    /** What came before a cut counts. */
    private static void copy(InputStream body, ByteArrayOutputStream got) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            got.write(buffer, 0, read);
        }
    }

    private interface Request {
        Answer send(Http http);
    }

    /** The first answer that is one; what may pass is asked again, of the other process. */
    private Answer answered(int turn, long untilNanos, Request request, Integer... wanted) throws InterruptedException {
        String last = "";
        for (int i = turn; ; i++) {
            try {
                Answer answer = request.send(new Http(fleet.api(i), PATIENCE));
                last = answer.toString();
                if (Set.of(wanted).contains(answer.status())) {
                    return answer;
                }
                boolean passes = answer.status() >= 500 || answer.status() == 409 || answer.status() == 429;
                if (!passes || answer.status() == 500) {
                    figures.fault(fleet.api(i) + ": " + answer);
                }
                figures.add("answers " + answer.status(), 1);
            } catch (UncheckedIOException e) {
                last = e.toString();
                figures.add("requests without an answer", 1);
            }
            patience(untilNanos, last);
        }
    }

    private static void patience(long untilNanos, String what) throws InterruptedException {
        if (System.nanoTime() - untilNanos > 0) {
            throw new AssertionError("no patience any more: " + what);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }

    private static String to(String id) {
        return "/api/v1/exports/" + id;
    }

    private static String digestOfRows(byte[] archive) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".csv")) {
                    return Digests.hex(zip.readAllBytes());
                }
            }
        }
        throw new AssertionError("no rows");
    }
}
