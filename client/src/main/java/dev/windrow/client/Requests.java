package dev.windrow.client;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests of which the whole answer is JSON; what is not 2xx is a {@link ClientException}. */
final class Requests {
    /** What the command is at fault for. */
    private static final Set<Integer> NOT_AS_IT_SHOULD_BE = Set.of(400, 404, 422);

    /** What one request for a list asks for: the most that the API gives. */
    private static final int PAGE = 200;

    private final Wire wire;

    Requests(Wire wire) {
        this.wire = wire;
    }

    JsonNode get(String path) throws ClientException, InterruptedException {
        return json(send(wire.to(path)));
    }

    JsonNode send(String method, String path, ObjectNode body) throws ClientException, InterruptedException {
        return json(send(wire.to(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(Json.write(body)))));
    }

    /** For what needs no body. */
    JsonNode post(String path) throws ClientException, InterruptedException {
        return json(send(wire.to(path).POST(BodyPublishers.noBody())));
    }

    void delete(String path) throws ClientException, InterruptedException {
        var unused = send(wire.to(path).DELETE());
    }

    /**
     * The items of a list, over its pages.
     *
     * @param path without {@code limit} and {@code cursor}
     * @param most how many at most
     */
    List<JsonNode> list(String path, int most) throws ClientException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        String start = path + (path.contains("?") ? '&' : '?') + "limit=";
        String cursor = "";
        while (all.size() < most) {
            JsonNode page = get(start + Math.min(PAGE, most - all.size()) + cursor);
            page.path("items").forEach(all::add);
            JsonNode next = page.path("nextCursor");
            if (!next.isString() || page.path("items").isEmpty()) {
                break;
            }
            cursor = "&cursor=" + encoded(next.asString());
        }
        return all;
    }

    /** A text as one step of a path, or as a value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws ClientException, InterruptedException {
        HttpResponse<byte[]> answer = wire.send(request.build(), BodyHandlers.ofByteArray());
        if (NOT_AS_IT_SHOULD_BE.contains(answer.statusCode())) {
            throw ClientException.refused(Problem.of(answer).words());
        } else if (answer.statusCode() / 100 != 2) {
            throw ClientException.failed(Problem.of(answer).words());
        }
        return answer;
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws ClientException {
        try {
            return Json.read(answer.body());
        } catch (JacksonException e) {
            throw ClientException.failed(answer.uri() + " did not answer as a Windrow server does");
        }
    }
}
