package dev.windrow.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One server's HTTP, with bounded retries when it cannot be reached or cannot answer now. */
final class Wire {
    /** What a proxy says while the server behind it starts again, and a server that is asked too often. */
    private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

    /** Of these what is no reason to ask the same again, where one can ask for less. */
    static final int TOO_MANY = 429;

    private static final Set<Integer> AWAY = Set.of(502, 503, 504);

    /** The one conflict that a start meets. */
    private static final Set<Integer> STILL_BEING_ANSWERED = Set.of(409);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI base;
    private final @Nullable String apiKey;
    private final Patience patience;
    private final Clock clock;
    private final ProgressListener listener;
    private final Sleeper sleeper;
    private boolean reached;

    /** The server's address, and what to send with each request to be let in. */
    record Access(URI server, @Nullable String apiKey) {}

    /** With the pauses of the clock on the wall. */
    static Wire of(URI server, @Nullable String apiKey, Patience patience, Clock clock, ProgressListener listener) {
        return new Wire(new Access(server, apiKey), patience, clock, listener, pause -> Thread.sleep(pause.toMillis()));
    }

    Wire(Access access, Patience patience, Clock clock, ProgressListener listener, Sleeper sleeper) {
        URI server = access.server();
        base = server.getPath().endsWith("/") ? server : URI.create(server + "/");
        apiKey = access.apiKey();
        this.patience = patience;
        this.clock = clock;
        this.listener = listener;
        this.sleeper = sleeper;
    }

    /** A request to a path below the server's own, without a leading slash. */
    HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
        if (apiKey != null) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        return request;
    }

    URI uri(String path) {
        return base.resolve(path);
    }

    /** Whether it answers with 200: one try, without patience. */
    boolean isWell(String path) throws InterruptedException {
        try {
            return http.send(to(path).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A request to where the server has sent us, without anything that only the server is to know.
     *
     * @return empty where nobody should be sent: to something that is not the web, or out of TLS
     */
    Optional<HttpRequest.Builder> elsewhere(HttpResponse<?> redirect) {
        try {
            URI to =
                    redirect.headers().firstValue("Location").map(base::resolve).orElse(base);
            boolean safe =
                    "https".equals(to.getScheme()) || "http".equals(to.getScheme()) && "http".equals(base.getScheme());
            return safe ? Optional.of(HttpRequest.newBuilder(to).timeout(Duration.ofSeconds(30))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Sends once, whatever comes of it. */
    <T> HttpResponse<T> ask(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return http.send(request, body);
    }

    Retries retries() {
        return new Retries(patience, clock, listener, sleeper);
    }

    void pause(Duration duration) throws InterruptedException {
        sleeper.sleep(duration);
    }

    Patience patience() {
        return patience;
    }

    /** Sends until there is an answer; for requests that may be repeated, so one that is too early counts as none. */
    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws ClientException, InterruptedException {
        return send(request, body, BUSY);
    }

    /** As {@link #send}, but for {@link #TOO_MANY}, which is an answer. */
    <T> HttpResponse<T> sendUnlessTooMany(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws ClientException, InterruptedException {
        return send(request, body, AWAY);
    }

    /**
     * Sends a start, which bears a key, until there is an answer, whatever it says. That the request before, whose
     * answer was lost, is still being answered is none.
     */
    <T> HttpResponse<T> sendOnce(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws ClientException, InterruptedException {
        return send(request, body, STILL_BEING_ANSWERED);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body, Set<Integer> tooEarly)
            throws ClientException, InterruptedException {
        Retries retries = retries();
        while (true) {
            String why;
            Duration asked = null;
            try {
                HttpResponse<T> answer = http.send(request, body);
                reached = true;
                if (!tooEarly.contains(answer.statusCode())) {
                    return answer;
                }
                discard(answer.body());
                why = base + " cannot answer now (" + answer.statusCode() + ")";
                asked = retryAfter(answer).orElse(null);
            } catch (IOException e) {
                why = words(e);
            }
            retries.pause(why, asked, reached ? patience.afterLoss() : patience.firstContact());
        }
    }

    /** The delay of a {@code Retry-After} in seconds (RFC 9110, 10.2.3), 1 to 60 of them; its date form is not used. */
    static Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> Duration.ofSeconds(Math.max(1, Math.min(60, Long.parseLong(value)))));
    }

    private String words(IOException e) {
        if (e instanceof HttpTimeoutException) {
            return base + " does not answer";
        }
        return e instanceof ConnectException ? base + " cannot be reached" : "The connection to " + base + " was lost";
    }

    private static void discard(Object body) throws IOException {
        if (body instanceof InputStream stream) {
            stream.close();
        }
    }
}
