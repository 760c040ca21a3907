package dev.windrow.app;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A page of somebody else, at an origin of its own, that shows the button. Its policy lets in what the button needs and no more: the
 * script and its requests, no style that is not in a file.
 */
final class HostPage implements AutoCloseable {
    private static final String HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Host</title>
            <link rel="icon" href="data:,">
            <script src="/recorder.js"></script>
            %s
            %s
            </html>
            """;
    private static final String RECORDER = """
            window.seen = [];
            for (const name of ["started", "progress", "completed", "failed", "cancelled", "expired", "gone", "problem"]) {
              addEventListener("windrow-" + name, (event) => window.seen.push(name));
            }
            """;

    private final HttpServer http;
    private String script = "";
    private String policy = "";
    private String body = "";

    private HostPage(HttpServer http) {
        this.http = http;
    }

    static HostPage serve() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HostPage page = new HostPage(http);
        http.createContext("/", exchange -> {
            boolean recorder = exchange.getRequestURI().getPath().equals("/recorder.js");
            byte[] content =
                    (recorder ? RECORDER : HTML.formatted(page.script, page.body)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", recorder ? "text/javascript" : "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", page.policy);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        http.start();
        return page;
    }

    /** @param attributes of the script's element beside its source, such as {@code defer} */
    void loads(String server, String attributes) {
        script = "<script src=\"" + server + "/windrow.js\" " + attributes + "></script>";
        policy = "default-src 'none'; script-src 'self' " + server + "; connect-src " + server + "; img-src data:";
    }

    void shows(String html) {
        body = html;
    }

    String origin() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
