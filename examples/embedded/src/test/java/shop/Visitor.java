package shop;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody at the shop, with the cookies of a browser. */
final class Visitor {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String shop;

    /** Nobody that the shop knows. */
    Visitor(int port) {
        this.shop = "http://127.0.0.1:" + port + "/shop";
    }

    /** Signed in; the password of each is the name. */
    static Visitor of(int port, String name) throws IOException, InterruptedException {
        Visitor visitor = new Visitor(port);
        String form = "username=" + name + "&password=" + name + "&_csrf=" + visitor.token();
        HttpResponse<String> answer = visitor.send(visitor.to("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        if (answer.statusCode() != 302 || answer.headers().firstValue("Location").orElse("").contains("error")) {
            throw new IllegalStateException("not signed in: " + answer.statusCode());
        }
        return visitor;
    }

    private String token() throws IOException, InterruptedException {
        Matcher found = CSRF.matcher(get("/login").body());
        if (!found.find()) {
            throw new IllegalStateException("the form has no token");
        }
        return URLEncoder.encode(found.group(1), StandardCharsets.UTF_8);
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(shop + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(to(path));
    }

    HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
        return client.send(to(path).build(), BodyHandlers.ofByteArray());
    }

    /** A JSON document of Windrow's. */
    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get("/exports/api/v1" + path).body());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(to(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Starts an export, and gives its id. */
    String export(String dataset) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                post("/exports/api/v1/exports", "{\"dataset\":\"" + dataset + "\",\"format\":\"csv\"}");
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body()).get("id").stringValue();
    }

    String state(String id) throws IOException, InterruptedException {
        return json("/exports/" + id).get("state").stringValue();
    }
}
