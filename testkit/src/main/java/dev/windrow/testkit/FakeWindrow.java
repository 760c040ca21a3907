package dev.windrow.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server on a real socket that speaks as much of the API as a client needs, with troubles on request. */
public final class FakeWindrow implements AutoCloseable {
    /** A trouble: the answer begins and is cut. */
    public static final int CUT = 0;

    public static final String ID = "0193-export";
    private static final String EXPORT = "/api/v1/exports/" + ID;

    /** What arrived: method, path, and the headers that matter. */
    public final List<String> requests = new CopyOnWriteArrayList<>();
    /** Bodies of starts. */
    public final List<String> starts = new CopyOnWriteArrayList<>();
    /** Their idempotency keys. */
    public final List<String> keys = new CopyOnWriteArrayList<>();
    /** Starts that are answered with this status, or cut, one each. */
    public final Queue<Integer> startTroubles = new ConcurrentLinkedQueue<>();
    /** Answers to looks at the export, in turn; the last one stays. */
    public final Queue<String> states = new ArrayDeque<>();
    /** Bytes after which a download is cut, one for each download; a shorter one is whole. */
    public final Queue<Integer> cuts = new ConcurrentLinkedQueue<>();
    /** Requests for the export that are answered with this status and a Retry-After of a second, one each. */
    public final Queue<Integer> troubles = new ConcurrentLinkedQueue<>();

    /** Bytes after which the list of blocks is cut, one for each answer that is. */
    public final Queue<Integer> listCuts = new ConcurrentLinkedQueue<>();

    public volatile byte[] archive = new byte[300_000];
    /** The list of the archive's blocks; null where the server knows of none. */
    public volatile byte @Nullable [] blocks;

    /** What requests for that list are answered with. */
    public volatile int listStatus = 200;

    /** Whether the file's time is over. */
    public volatile boolean expired;

    public volatile String servedName = "readings.zip";
    public volatile @Nullable String digest;
    public volatile @Nullable String startProblem;
    /** The export's, as JSON. */
    public volatile String warnings = "[]";

    /** Where plain requests for the file are sent, as to a store; null for nowhere. */
    public volatile @Nullable String location;

    public volatile boolean cutByStalling;
    public volatile boolean ignoresRanges;
    public volatile boolean holdsLooks = true;
    /** What its health page says. */
    public volatile boolean ready = true;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);

    public FakeWindrow() {
        this(0);
    }

    public FakeWindrow(int port) {
        new Random(7).nextBytes(archive);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String sha256() {
        return Digests.hex(archive);
    }

    /** A list of blocks of which there is one: what is no archive has no others. */
    public byte[] oneBlock() {
        return """
            {"archive": "%s", "bytes": %d, "engine": "x", "blocks": [[0, %d, "%s"]]}
            """.formatted(sha256(), archive.length, archive.length, sha256()).getBytes(StandardCharsets.UTF_8);
    }

    public String running(long rows, double percent) {
        return """
            {"id": "%s", "state": "running", "file": null, "error": null, "progress": {"phase": "rows",
            "queuePosition": null, "rowsWritten": %d, "rowsTotal": 1000, "percent": %s, "rowsPerSecond": 250000,
            "remainingSeconds": 2, "stalled": false, "waiting": null, "resumedFromRow": null, "newField": [1]}}""".formatted(ID, rows, percent);
    }

    public String queued() {
        return """
            {"id": "%s", "state": "queued", "file": null, "error": null, "progress": {"phase": "waiting",
            "queuePosition": 3, "rowsWritten": 0, "rowsTotal": null, "percent": null, "rowsPerSecond": null,
            "remainingSeconds": null, "stalled": false, "waiting": null, "resumedFromRow": null}}""".formatted(ID);
    }

    public String completed() {
        return """
            {"id": "%s", "state": "completed", "error": null, "warnings": %s,
            "progress": {"phase": "done", "queuePosition": null,
            "rowsWritten": 1000, "rowsTotal": 1000, "percent": 100.0, "rowsPerSecond": null, "remainingSeconds": null,
            "stalled": false, "waiting": null, "resumedFromRow": null}, "file": {"name": "%s", "bytes": %d, "sha256": "%s"}}""".formatted(ID, warnings, servedName, archive.length, digest == null ? sha256() : digest);
    }

    public String ended(String state, String error) {
        return """
            {"id": "%s", "state": "%s", "file": null, "error": %s, "progress": {"phase": "rows", "rowsWritten": 7,
            "rowsTotal": null, "percent": null, "stalled": false}}""".formatted(ID, state, error);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            note(exchange, path);
            if (path.equals("/api/v1/datasets/sensor-readings")) {
                json(exchange, 200, SCHEMA);
            } else if (path.equals("/api/v1/exports")) {
                starts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
                Integer trouble = startTroubles.poll();
                if (trouble != null) {
                    startTrouble(exchange, trouble);
                    return;
                }
                json(exchange, startProblem == null ? 202 : 422, startProblem == null ? queued() : startProblem);
            } else if (path.equals("/actuator/health/readiness")) {
                json(exchange, ready ? 200 : 503, "{}");
            } else if (path.equals(EXPORT)) {
                look(exchange);
            } else if (path.equals(EXPORT + "/file")) {
                file(exchange);
            } else if (path.equals(EXPORT + "/blocks") && listStatus != 200) {
                json(exchange, listStatus, "{}");
            } else if (path.equals(EXPORT + "/blocks") && blocks != null) {
                list(exchange, blocks);
            } else {
                json(exchange, 404, "{\"title\": \"Not found\", \"detail\": \"No such dataset\", \"status\": 404}");
            }
        }
    }

    private static void startTrouble(HttpExchange exchange, int trouble) throws IOException {
        exchange.sendResponseHeaders(trouble == CUT ? 202 : trouble, trouble == CUT ? 1_000 : -1);
    }

    private void note(HttpExchange exchange, String path) {
        StringBuilder line = new StringBuilder(exchange.getRequestMethod() + " " + path);
        for (String name : List.of("Range", "If-Range", "If-Match", "If-None-Match", "Prefer", "Authorization")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            line.append(value == null ? "" : " " + name + ": " + value);
        }
        requests.add(line.toString());
    }

    private synchronized void look(HttpExchange exchange) throws IOException {
        Integer trouble = troubles.poll();
        if (trouble != null) {
            trouble(exchange, trouble);
            return;
        }
        String state = states.isEmpty() ? completed() : states.size() > 1 ? states.remove() : states.element();
        String etag = "\"" + state.hashCode() + "\"";
        exchange.getResponseHeaders().set("ETag", etag);
        exchange.getResponseHeaders().set("Retry-After", "1");
        if (holdsLooks) {
            exchange.getResponseHeaders().set("Preference-Applied", "wait=20");
        }
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            states.poll();
            exchange.sendResponseHeaders(304, -1);
        } else {
            json(exchange, 200, state);
        }
    }

    private static void trouble(HttpExchange exchange, int status) throws IOException {
        if (status == CUT) {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        } else {
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private void list(HttpExchange exchange, byte[] list) throws IOException {
        exchange.sendResponseHeaders(200, list.length);
        Integer cut = listCuts.poll();
        exchange.getResponseBody().write(list, 0, cut == null ? list.length : cut);
        exchange.getResponseBody().flush();
    }

    private void file(HttpExchange exchange) throws IOException {
        if (expired) {
            json(exchange, 410, "{\"title\": \"The file's time is over\", \"detail\": \"It is gone.\"}");
            return;
        }
        boolean plain = Stream.of("Range", "If-Range", "If-Match")
                .allMatch(name -> exchange.getRequestHeaders().getFirst(name) == null);
        String store = location;
        if (store != null && plain) {
            exchange.getResponseHeaders().set("Location", store);
            exchange.sendResponseHeaders(307, -1);
            return;
        }
        String etag = "\"" + sha256() + "\"";
        String range = exchange.getRequestHeaders().getFirst("Range");
        String validator = exchange.getRequestHeaders().getFirst("If-Range");
        boolean part = range != null && etag.equals(validator) && !ignoresRanges;
        String[] ends = part ? range.substring("bytes=".length()).split("-", 2) : new String[] {"0", ""};
        int from = Integer.parseInt(ends[0]);
        int to = ends[1].isEmpty() ? archive.length : Integer.parseInt(ends[1]) + 1;
        exchange.getResponseHeaders().set("ETag", etag);
        if (part) {
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + archive.length);
        }
        exchange.sendResponseHeaders(part ? 206 : 200, to - from);
        Integer cut = cuts.poll();
        boolean isCut = cut != null && from + cut < to;
        int end = isCut ? from + cut : to;
        exchange.getResponseBody().write(Arrays.copyOfRange(archive, from, end));
        exchange.getResponseBody().flush();
        if (isCut && cutByStalling) {
            holdUntilClosed();
        }
    }

    private void holdUntilClosed() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void json(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static final String SCHEMA = """
            {"name": "sensor-readings", "title": "Sensor readings", "formats": ["csv"], "columns": [],
            "parameters": {"type": "object", "properties": {
              "sensor_id": {"type": "string"},
              "start_ts": {"type": "integer"},
              "end_ts": {"type": ["integer", "null"]},
              "factor": {"type": "number"},
              "good_only": {"type": "boolean"},
              "ids": {"type": "array", "items": {"type": "integer"}}}}}""";
}
