package dev.windrow.benchmarks.days;

import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Those who start exports, cancel, download and delete some, save schedules and look at the newest archives. */
final class Users {
    private static final String EXPORTS = "/api/v1/exports";
    private static final String SCHEDULES = "/api/v1/schedules";
    private static final List<String> NAMES = List.of("first", "second", "third", "fourth");
    private static final int OF_EACH_KIND = 10;

    private final Http http;
    private final int pauseMillis;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> toBeTaken = ConcurrentHashMap.newKeySet();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final AtomicLong unchanged = new AtomicLong();
    private final AtomicInteger number = new AtomicInteger();
    private final Thread starting = new Thread(() -> repeat(this::once), "users");
    private final Thread looking = new Thread(() -> repeat(this::look), "lookers");
    private volatile boolean over;

    /** @param pauseMillis between two of them */
    Users(Http http, int pauseMillis) {
        this.http = http;
        this.pauseMillis = pauseMillis;
        starting.setDaemon(true);
        looking.setDaemon(true);
    }

    @FunctionalInterface
    private interface Deed {
        void once() throws IOException;
    }

    void begin() throws IOException {
        for (String name : NAMES) {
            String start = start("\"deliver\":\"shelf\",\"parameters\":{\"note\":\"" + name + "\"}");
            String body = "{\"name\":\"" + name + "\",\"cron\":\"*/10 * * * * *\",\"keep\":2,\"start\":" + start + "}";
            expect(201, ask("POST", SCHEDULES, body));
        }
        starting.start();
        looking.start();
    }

    /** Returns when the last of them has got an answer, and no schedule is left. */
    void stop() throws IOException {
        over = true;
        try {
            starting.join();
            looking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        for (String name : NAMES) {
            expect(204, ask("DELETE", SCHEDULES + "/" + name, ""));
        }
    }

    private void repeat(Deed deed) {
        while (!over) {
            try {
                deed.once();
                LivingServer.pause(pauseMillis);
            } catch (IOException | RuntimeException e) {
                wrong.add(String.valueOf(e));
            }
        }
    }

    private void once() throws IOException {
        switch (number.incrementAndGet() % OF_EACH_KIND) {
            case 1 -> {
                String id = accept(start("\"dataset\":\"slow\""));
                LockSupport.parkNanos(300_000_000);
                var unused = ask("POST", EXPORTS + "/" + id + "/cancel", "");
            }
            case 2 -> accept(start("\"dataset\":\"bad\""));
            case 3, 4 -> {
                String id = accept(start(note()));
                download(id);
                var unused = ask("DELETE", EXPORTS + "/" + id, "");
            }
            default -> toBeTaken.add(accept(start("\"deliver\":\"shelf\"," + note())));
        }
    }

    private String note() {
        return "\"parameters\":{\"note\":\"" + number + "\"}";
    }

    /** @param more of the fields, with a dataset where it is another than the usual */
    private static String start(String more) {
        return "{" + (more.contains("\"dataset\"") ? "" : "\"dataset\":\"small\",") + more + "}";
    }

    /** Whoever gets no answer asks again by the same key, and has started one export. */
    private String accept(String body) throws IOException {
        String key = "\"" + number + "\"";
        Answer answer = ask("POST", EXPORTS, body, "Idempotency-Key", key);
        expect(202, answer);
        String id = answer.json().path("id").asString();
        accepted.add(id);
        return id;
    }

    private void download(String id) throws IOException {
        String path = EXPORTS + "/" + id;
        Answer status = ask("GET", path, "");
        while (List.of("queued", "running").contains(status.json().path("state").asString())) {
            status = ask("GET", path, "", "Prefer", "wait=5");
        }
        expect(200, ask("GET", path + "/file", ""));
    }

    private void look() throws IOException {
        for (String name : NAMES) {
            String path = SCHEDULES + "/" + name + "/latest/file";
            Answer newest = ask("GET", path, "");
            String tag = newest.header("ETag");
            if (newest.status() == 200 && tag != null) {
                unchanged.addAndGet(ask("GET", path, "", "If-None-Match", tag).status() == 304 ? 1 : 0);
            } else if (newest.status() != 409) {
                wrong.add(path + " was answered " + newest.status());
            }
        }
    }

    private void expect(int status, Answer answer) {
        if (answer.status() != status) {
            wrong.add(answer.response().request().method() + " "
                    + answer.response().uri() + " was answered " + answer.status() + ": " + answer.text());
        }
    }

    /** Again and again while the server is away. */
    private Answer ask(String method, String path, String body, String... headers) throws IOException {
        String[] all = body.isEmpty() ? headers : with(headers, "Content-Type", "application/json");
        while (true) {
            try {
                Answer answer = http.send(method, path, body, all);
                if (answer.status() != 503) {
                    return answer;
                }
            } catch (UncheckedIOException away) {
                // It was killed, or is not up again.
            }
            LivingServer.pause(200);
        }
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }

    Set<String> accepted() {
        return accepted;
    }

    /** Those that are to be on the shelf, if they completed. */
    Set<String> toBeTaken() {
        return toBeTaken;
    }

    /** Answers that nobody should get. */
    List<String> wrong() {
        return wrong;
    }

    /** How often the newest archive of a schedule was not sent again. */
    long unchanged() {
        return unchanged.get();
    }
}
