package dev.windrow.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.windrow.api.page.ServedButton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server of anybody: it serves the button's file, keeps what it was asked with which headers, and answers as it was
 * told. Any page may ask it anything, as a stranger who collects keys would have it.
 */
final class ScriptedServer implements AutoCloseable {
    /** What a page sends beside what every request has. */
    record Asked(String method, String path, String authorization, String key) {}

    private final HttpServer http;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    private volatile String taken = "";

    private ScriptedServer(HttpServer http) {
        this.http = http;
    }

    static ScriptedServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ScriptedServer server = new ScriptedServer(http);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    /** @param json what a request by that method at that path is answered with */
    void answers(String methodAndPath, String json) {
        answers.put(methodAndPath, json);
    }

    /** From now on these credentials alone are taken. */
    void takes(String authorization) {
        taken = authorization;
    }

    void redirects(String path, String location) {
        redirects.put(path, location);
    }

    /** The requests to the API that were sent; those that a browser sends to ask whether it may are none. */
    List<Asked> asked() {
        return asked;
    }

    String origin() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        var headers = exchange.getResponseHeaders();
        headers.set("Access-Control-Allow-Origin", "*");
        headers.set("Access-Control-Allow-Headers", "authorization, x-api-key, content-type, idempotency-key");
        headers.set("Access-Control-Allow-Methods", "GET, HEAD, POST");
        if (method.equals("OPTIONS")) {
            exchange.sendResponseHeaders(204, -1);
        } else if (path.equals("/windrow.js")) {
            send(exchange, 200, "text/javascript; charset=utf-8", button().getBytes(StandardCharsets.UTF_8));
        } else {
            String authorization = keep(exchange, method, path);
            if (taken.isEmpty() || taken.equals(authorization)) {
                reply(exchange, method, path);
            } else {
                byte[] problem = "{\"title\":\"No credentials that hold\"}".getBytes(StandardCharsets.UTF_8);
                send(exchange, 401, "application/problem+json", problem);
            }
        }
        exchange.close();
    }

    private String keep(HttpExchange exchange, String method, String path) {
        var given = exchange.getRequestHeaders();
        String authorization = given.getFirst("Authorization");
        String key = given.getFirst("X-Api-Key");
        asked.add(new Asked(method, path, authorization == null ? "" : authorization, key == null ? "" : key));
        return authorization == null ? "" : authorization;
    }

    private void reply(HttpExchange exchange, String method, String path) throws IOException {
        String location = redirects.get(path);
        String json = answers.get(method + " " + path);
        if (location != null) {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(307, -1);
        } else if (json != null) {
            send(exchange, 200, "application/json", json.getBytes(StandardCharsets.UTF_8));
        } else {
            send(exchange, 404, "application/json", "{\"title\":\"Not found\"}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    /** The file as it is served. */
    static String button() {
        return ServedButton.script();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
