import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A host application: it knows its own users and lets each export the orders of one shop by a button of Windrow's. Run
 * it in its folder, {@code java Host.java}; it needs a JDK and nothing else.
 *
 * <p>What to copy is {@link #token}: the key that mints stays on this server, and the browser gets a token that holds
 * for minutes, from this page, for this user's shop. What not to copy is the sign-in, which asks for no password.
 */
public final class Host {
    record User(String name, int shop) {}

    private static final List<User> USERS = List.of(new User("ann", 7), new User("bob", 8));
    private static final String COOKIE = "host-session";

    private final String origin;
    private final URI windrow;
    private final String mintKey;
    private final Duration tokenLasts;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, User> sessions = new ConcurrentHashMap<>();

    private Host(String origin, URI windrow, String mintKey, Duration tokenLasts) {
        this.origin = origin;
        this.windrow = windrow;
        this.mintKey = mintKey;
        this.tokenLasts = tokenLasts;
    }

    private static String key(String file) throws IOException {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (NoSuchFileException e) {
            System.err.println("There is no file " + file + " from here; correct HOST_MINT_KEY_FILE (see README.md).");
            System.exit(2);
            throw e;
        }
    }

    public static void main(String[] arguments) throws IOException {
        String keyFile = System.getenv("HOST_MINT_KEY_FILE");
        if (keyFile == null) {
            System.err.println("Set HOST_MINT_KEY_FILE to the file with the key that mints (see README.md).");
            System.exit(2);
        }
        int port = Integer.parseInt(setting("HOST_PORT", "3000"));
        Host host = new Host(
                "http://127.0.0.1:" + port,
                URI.create(setting("HOST_WINDROW", "http://127.0.0.1:8080")),
                key(keyFile),
                Duration.parse(setting("HOST_TOKEN_LASTS", "PT10M")));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", host::answer);
        server.start();
        System.out.println("The host application is at " + host.origin);
    }

    private static String setting(String name, String otherwise) {
        return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String route = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            if (!origin.equals("http://" + exchange.getRequestHeaders().getFirst("Host"))) {
                // The token is bound to this address, so the page works at no other.
                send(exchange, 421, "text/plain", "This application is at " + origin);
            } else if (exchange.getRequestMethod().equals("POST")
                    && !origin.equals(exchange.getRequestHeaders().getFirst("Origin"))) {
                // Another site's page must not act for who is signed in here.
                send(exchange, 403, "text/plain", "Only pages of this application may do that.");
            } else {
                switch (route) {
                    case "GET /" -> page(exchange);
                    case "GET /exports.js" -> send(exchange, 200, "text/javascript", file("exports.js"));
                    case "POST /sign-in" -> signIn(exchange);
                    case "POST /sign-out" -> signOut(exchange);
                    case "POST /windrow-token" -> token(exchange);
                    default -> send(exchange, 404, "text/plain", "There is nothing here.");
                }
            }
        } catch (IOException | RuntimeException e) {
            System.err.println("Cannot answer: " + e);
            throw e;
        }
    }

    // What to copy

    /** Asks Windrow for a token for who is signed in, and for nobody and nothing that the request names. */
    private void token(HttpExchange exchange) throws IOException {
        Optional<User> user = user(exchange);
        if (user.isEmpty()) {
            send(exchange, 401, "text/plain", "Nobody is signed in.");
            return;
        }
        // The name of the application goes in front, so that its ann is not that of another one.
        // Nothing in it needs to be escaped; take your JSON library where a name of a user comes in.
        String order = """
                {
                  "principal": "shop/%s",
                  "datasets": ["orders"],
                  "parameters": { "shop": %d },
                  "origin": "%s",
                  "expiresIn": "%s"
                }""".formatted(user.get().name(), user.get().shop(), origin, tokenLasts);
        HttpRequest request = HttpRequest.newBuilder(windrow.resolve("/api/v1/tokens"))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + mintKey)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(order))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 201) {
                send(exchange, 200, "application/json", answer.body());
                return;
            }
            // A problem document: it says what is wrong with the key or the order, and has neither in it.
            System.err.println("Windrow makes no token: " + answer.statusCode() + " " + answer.body());
        } catch (IOException e) {
            System.err.println("Windrow cannot be reached at " + windrow + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        send(exchange, 502, "text/plain", "There is no token now.");
    }

    // What not to copy: a sign-in that believes everybody

    private void signIn(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readNBytes(1_000), StandardCharsets.UTF_8);
        Optional<User> user =
                USERS.stream().filter(one -> form.equals("name=" + one.name())).findFirst();
        if (user.isPresent()) {
            byte[] id = new byte[16];
            new SecureRandom().nextBytes(id);
            String session = HexFormat.of().formatHex(id);
            sessions.put(session, user.get());
            exchange.getResponseHeaders()
                    .set("Set-Cookie", COOKIE + "=" + session + "; Path=/; HttpOnly; SameSite=Lax");
        }
        backToThePage(exchange);
    }

    private void signOut(HttpExchange exchange) throws IOException {
        session(exchange).ifPresent(sessions::remove);
        backToThePage(exchange);
    }

    private static void backToThePage(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Location", "/");
        exchange.sendResponseHeaders(303, -1);
    }

    private Optional<User> user(HttpExchange exchange) {
        return session(exchange).map(sessions::get);
    }

    private static Optional<String> session(HttpExchange exchange) {
        return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> Stream.of(line.split("; *")))
                .filter(cookie -> cookie.startsWith(COOKIE + "="))
                .map(cookie -> cookie.substring(COOKIE.length() + 1))
                .findFirst();
    }

    // Its pages

    private void page(HttpExchange exchange) throws IOException {
        Optional<User> user = user(exchange);
        // These names need no escaping; those of your users do.
        String html = user.isEmpty()
                ? file("sign-in.html")
                : file("orders.html")
                        .replace("{name}", user.get().name())
                        .replace("{shop}", String.valueOf(user.get().shop()))
                        .replace("{windrow}", windrow.toString());
        // All that the button needs: its script, and its requests.
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; img-src data:; script-src 'self' " + windrow + "; connect-src 'self' "
                                + windrow + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        send(exchange, 200, "text/html", html);
    }

    private static String file(String name) throws IOException {
        return Files.readString(Path.of(name));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
