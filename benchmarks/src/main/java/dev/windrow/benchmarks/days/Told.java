package dev.windrow.benchmarks.days;

import dev.windrow.testkit.Receiver;
import dev.windrow.testkit.Receiver.Received;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whoever is told of everything, and keeps it: it refuses some messages at their first try, hears others out without an
 * answer, and takes its time with some. Thread-safe.
 */
final class Told implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> ENDS = Set.of("export.completed", "export.failed", "export.cancelled");
    private static final int MANNERS = 12;
    private static final int SLOW_MILLIS = 1_500;

    private final Receiver receiver;
    /** By the export's id, the event's type, and the message's id. */
    private final Map<String, Map<String, Map<String, Integer>>> told = new ConcurrentHashMap<>();
    /** Digests of completed archives, by their exports. */
    private final Map<String, String> digests = new ConcurrentHashMap<>();

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean deafOnce;

    Told() {
        receiver = Receiver.of(this::hear);
    }

    String url() {
        return receiver.url();
    }

    /** Overhears one message more: whether the verdict finds it. */
    void beDeafOnce() {
        deafOnce = true;
    }

    private void hear(Received request, OutputStream out) throws IOException, InterruptedException {
        int manner = Math.floorMod(request.id().hashCode(), MANNERS);
        if (seen.add(request.id()) && manner == 0) {
            refused.incrementAndGet();
            Receiver.status(503).answer(request, out);
            return;
        }
        if (manner == 1) {
            TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS);
        }
        JsonNode body = JSON.readTree(request.body());
        String type = body.path("type").asString();
        String export = body.path("data").path("id").asString();
        if (deafOnce && type.equals("export.completed")) {
            deafOnce = false;
        } else {
            note(request.id(), export, type, body);
        }
        int heard = count(export, type, request.id());
        if (manner != 2 || heard > 1) {
            Receiver.status(204).answer(request, out);
        }
    }

    private void note(String message, String export, String type, JsonNode body) {
        told.computeIfAbsent(export, key -> new ConcurrentHashMap<>())
                .computeIfAbsent(type, key -> new ConcurrentHashMap<>())
                .merge(message, 1, Integer::sum);
        String digest = body.path("data").path("file").path("sha256").asString("");
        if (type.equals("export.completed")) {
            digests.put(export, digest);
        }
    }

    private int count(String export, String type, String message) {
        return told.getOrDefault(export, Map.of()).getOrDefault(type, Map.of()).getOrDefault(message, 0);
    }

    boolean knowsEndOf(String export) {
        return told.getOrDefault(export, Map.of()).keySet().stream().anyMatch(ENDS::contains);
    }

    /** Empty for one that did not complete, as far as was told. */
    Optional<String> digestOf(String export) {
        return Optional.ofNullable(digests.get(export));
    }

    /** Events that were told of under more than one id: doubles that nobody could know as such. */
    long underTwoIds() {
        return told.values().stream()
                .flatMap(types -> types.values().stream())
                .filter(ids -> ids.size() > 1)
                .count();
    }

    long of(String type) {
        return told.values().stream().filter(types -> types.containsKey(type)).count();
    }

    long messages() {
        return told.values().stream()
                .flatMap(types -> types.values().stream())
                .mapToLong(Map::size)
                .sum();
    }

    /** Messages that came again. */
    long doubles() {
        return told.values().stream()
                .flatMap(types -> types.values().stream())
                .flatMap(ids -> ids.values().stream())
                .mapToLong(times -> times - 1)
                .sum();
    }

    /** Messages that were refused once. */
    long refused() {
        return refused.get();
    }

    @Override
    public void close() {
        receiver.close();
    }
}
