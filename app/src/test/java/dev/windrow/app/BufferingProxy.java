package dev.windrow.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy that passes an answer on when it has all of it, as those of many companies do. */
final class BufferingProxy implements AutoCloseable {
    private static final List<String> HOP_BY_HOP =
            List.of("connection", "content-length", "transfer-encoding", "keep-alive", "host", "upgrade", "date");

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Http target;
    private final AtomicInteger streams = new AtomicInteger();

    private BufferingProxy(HttpServer http, Http target) {
        this.http = http;
        this.target = target;
    }

    static BufferingProxy to(String target) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        BufferingProxy proxy = new BufferingProxy(http, new Http(target));
        http.createContext("/", proxy::pass);
        http.setExecutor(proxy.threads);
        http.start();
        return proxy;
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** How many streams of events were asked for. */
    int streams() {
        return streams.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        if (asked.getPath().endsWith("/events") && exchange.getRequestMethod().equals("GET")) {
            streams.incrementAndGet();
        }
        List<String> headers = new ArrayList<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> headers.addAll(List.of(name, value)));
            }
        });
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            Answer answer =
                    target.send(exchange.getRequestMethod(), asked.toString(), sent, headers.toArray(String[]::new));
            answer.response().headers().map().forEach((name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            byte[] body = answer.bytes();
            boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : body.length);
            if (!empty) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
