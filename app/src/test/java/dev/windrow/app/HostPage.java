package dev.windrow.app;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A page of somebody else, at an origin of its own, that shows the button. Its policy lets in what the button needs and
 * no more: the script and its requests, no style that is not in a file.
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
    private final Map<String, String> scripts = new ConcurrentHashMap<>(Map.of("/recorder.js", RECORDER));
    private String before = "";
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
            String own = page.scripts.get(exchange.getRequestURI().getPath());
            byte[] content = (own != null ? own : HTML.formatted(page.before, page.script, page.body))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", (own != null ? "text/javascript" : "text/html") + "; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", page.policy);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        http.start();
        return page;
    }

    /**
     * @param attributes of the script's element beside its source, such as {@code defer}
     * @param others that the page may ask beside that server
     */
    void loads(String server, String attributes, String... others) {
        script = "<script src=\"" + server + "/windrow.js\" " + attributes + "></script>";
        policy = "default-src 'none'; script-src 'self' " + server + "; connect-src " + server + " "
                + String.join(" ", others) + "; img-src data:";
    }

    /** Markup in front of the script's element. */
    void precedes(String html) {
        before = html;
    }

    /** A script of the page's own. */
    void serves(String path, String javascript) {
        scripts.put(path, javascript);
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
