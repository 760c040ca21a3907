package dev.windrow.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Callers that each do one thing again and again: bodies without end, bodies by the byte, headers that never end,
 * lists, polls, entries, waits, streams, dry runs, starts that are cancelled, hostile names and ranges. Over bare
 * sockets, since no client library sends such things.
 */
final class SoakLoad implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS = 4_800;
    private static final int READ_MILLIS = 70_000;
    private static final String JSON = "Content-Type: application/json\r\n";

    /** One call over a connection of its own. */
    @FunctionalInterface
    private interface Attack {
        void once(Socket socket) throws IOException;
    }

    private final int port;
    private final String many;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, AtomicLong> calls = new TreeMap<>();
    private volatile boolean over;
    /** An export that waits its turn, to wait for. */
    private volatile String waiting;

    /** @param many a completed export of many entries */
    SoakLoad(int port, String many) {
        this.port = port;
        this.many = many;
        this.waiting = many;
    }

    void begin() {
        String file = "/api/v1/exports/" + many;
        attack("endless bodies of a start", 2, 500, socket -> endless(socket, "POST /api/v1/exports", JSON));
        attack("endless bodies of health", 2, 500, socket -> endless(socket, "GET /actuator/health/liveness", JSON));
        attack("endless bodies of a deletion", 1, 500, socket -> endless(socket, "DELETE " + file + "0", ""));
        attack("slow bodies", 80, 500, SoakLoad::slowBody);
        attack("headers that never end", 200, 500, SoakLoad::slowHeaders);
        attack("lists", 10, 200, socket -> get(socket, "/api/v1/exports?limit=200", ""));
        attack("polls of many entries", 4, 100, socket -> get(socket, file, ""));
        attack("lists of entries", 4, 100, socket -> get(socket, file + "/entries?limit=200", ""));
        attack("single entries", 8, 100, this::entry);
        attack("waits", 40, 200, socket -> get(socket, "/api/v1/exports/" + waiting, "Prefer: wait=30\r\n"));
        attack("streams", 40, 200, socket -> get(socket, "/api/v1/exports/" + waiting + "/events", ""));
        String small = "{\"dataset\":\"" + Soak.SMALL + "\"";
        attack("dry runs", 16, 200, socket -> post(socket, "/api/v1/exports?dryRun=true", small + "}"));
        attack("starts", 1, 2_000, this::start);
        String name = small + ",\"fileName\":\"x" + " ".repeat(60_000) + "x\"}";
        attack("names of blanks", 4, 200, socket -> post(socket, "/api/v1/exports", name));
        String ranges = "Range: bytes=" + "0-0,".repeat(1_000) + " ".repeat(2_000) + "x\r\n";
        attack("ranges", 4, 200, socket -> get(socket, file + "/file", ranges));
    }

    /** How often each was done. */
    Map<String, Long> calls() {
        Map<String, Long> done = new TreeMap<>();
        calls.forEach((what, count) -> done.put(what, count.get()));
        return done;
    }

    private void attack(String what, int callers, int pauseMillis, Attack attack) {
        AtomicLong count = new AtomicLong();
        calls.put(what, count);
        for (int i = 0; i < callers; i++) {
            Thread thread = new Thread(() -> repeat(attack, count, pauseMillis), what);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void repeat(Attack attack, AtomicLong count, int pauseMillis) {
        while (!over) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(READ_MILLIS);
                attack.once(socket);
            } catch (IOException e) {
                // Refused in the middle, as it should be.
            }
            count.incrementAndGet();
            try {
                Wait.millis(1 + ThreadLocalRandom.current().nextInt(2 * pauseMillis));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void endless(Socket socket, String line, String headers) throws IOException {
        OutputStream out = socket.getOutputStream();
        send(out, line + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n" + headers + "\r\n");
        byte[] chunk = (Integer.toHexString(CHUNK) + "\r\n[\"" + "x".repeat(CHUNK - 4) + "\",\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < CHUNKS; i++) {
            out.write(chunk);
        }
    }

    private static void slowBody(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        send(out, "POST /api/v1/exports HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n" + JSON + "\r\n{");
        for (int i = 0; i < 60; i++) {
            Wait.millis(1_000);
            send(out, " ");
        }
    }

    private static void slowHeaders(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        send(out, "GET /api/v1/datasets HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < 60; i++) {
            Wait.millis(1_000);
            send(out, "X-" + i + ": " + "x".repeat(100) + "\r\n");
        }
    }

    private void entry(Socket socket) throws IOException {
        int number = 1 + ThreadLocalRandom.current().nextInt(90_000);
        get(socket, "/api/v1/exports/" + many + String.format(Locale.ROOT, "/entries/media/n%06d.txt", number), "");
    }

    /** Of many attachments; the one before is cancelled, so that they don't fill the disk. */
    private void start(Socket socket) throws IOException {
        String answer = post(socket, "/api/v1/exports", "{\"dataset\":\"" + Soak.MANY + "\"}");
        int id = answer.indexOf("\"id\":\"");
        if (id < 0) {
            return;
        }
        String before = waiting;
        waiting = answer.substring(id + 6, answer.indexOf('"', id + 6));
        if (!before.equals(many)) {
            try (Socket another = new Socket(InetAddress.getLoopbackAddress(), port)) {
                send(
                        another.getOutputStream(),
                        "DELETE /api/v1/exports/" + before
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                read(another);
            }
        }
    }

    private static String get(Socket socket, String path, String headers) throws IOException {
        send(
                socket.getOutputStream(),
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
        return read(socket);
    }

    private static String post(Socket socket, String path, String body) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + JSON;
        send(socket.getOutputStream(), head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
        return read(socket);
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** The first 64 KiB of what is answered; the rest is read and dropped. */
    private static String read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] first = in.readNBytes(CHUNK);
        in.transferTo(OutputStream.nullOutputStream());
        return new String(first, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        over = true;
        threads.forEach(Thread::interrupt);
    }
}
