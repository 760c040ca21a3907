package dev.windrow.app;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes traces by OTLP over HTTP on the loopback, or is as bad at it as a test says. */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Manner manner = Manner.TAKES;

    enum Manner {
        TAKES,
        FAILS,
        /** Answers nothing. */
        HANGS,
        /** Ends the connection. */
        CUTS
    }

    /** A span as it arrived; ids in hex, empty for none. */
    record Span(
            String trace,
            String id,
            String parent,
            List<String> links,
            String name,
            Map<String, String> attributes,
            Map<String, String> process) {
        String said(String key) {
            return attributes.getOrDefault(key, "");
        }
    }

    private Collector(HttpServer server) {
        this.server = server;
    }

    static Collector start() {
        try {
            Collector collector =
                    new Collector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            collector.server.createContext("/v1/traces", collector::take);
            collector.server.setExecutor(collector.threads);
            collector.server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    void is(Manner other) {
        manner = other;
    }

    /** How often something was sent. */
    int asked() {
        return asked.get();
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }

    /** All that arrived, as text. */
    String text() {
        return String.join("\n", texts);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.incrementAndGet();
        switch (manner) {
            case TAKES -> {
                keep(ExportTraceServiceRequest.parseFrom(body));
                exchange.sendResponseHeaders(200, -1);
            }
            case FAILS -> exchange.sendResponseHeaders(500, -1);
            case HANGS -> awaitEnd();
            case CUTS -> {}
        }
        exchange.close();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(ExportTraceServiceRequest request) {
        texts.add(request.toString());
        for (ResourceSpans process : request.getResourceSpansList()) {
            Map<String, String> said = values(process.getResource().getAttributesList());
            for (ScopeSpans scope : process.getScopeSpansList()) {
                scope.getSpansList().forEach(span -> spans.add(span(span, said)));
            }
        }
    }

    private static Span span(io.opentelemetry.proto.trace.v1.Span span, Map<String, String> process) {
        return new Span(
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getLinksList().stream().map(link -> hex(link.getSpanId())).toList(),
                span.getName(),
                values(span.getAttributesList()),
                process);
    }

    private static Map<String, String> values(List<KeyValue> list) {
        Map<String, String> values = new TreeMap<>();
        list.forEach(each -> values.put(
                each.getKey(),
                each.getValue().hasIntValue()
                        ? String.valueOf(each.getValue().getIntValue())
                        : each.getValue().getStringValue()));
        return values;
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
