package dev.windrow.client;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A problem document (RFC 9457) in words: its title, its detail, and a line for each fault. */
public record Problem(String title, String detail, List<String> faults) {
    public Problem {
        faults = List.copyOf(faults);
    }

    static Problem of(JsonNode json) {
        List<String> faults = new ArrayList<>();
        for (JsonNode fault : json.path("errors")) {
            String where = plain(fault.path("pointer").asString(""));
            String what = plain(fault.path("detail").asString(""));
            faults.add(where.isEmpty() ? what : where + ": " + what);
        }
        return new Problem(
                plain(json.path("title").asString("")),
                plain(json.path("detail").asString("")),
                faults);
    }

    /** The problem of an answer that is not what was asked for, be it a problem document or not. */
    static Problem of(HttpResponse<byte[]> answer) {
        return of(answer, answer.body());
    }

    /** As {@link #of(HttpResponse)}, where the body was read apart. */
    static Problem of(HttpResponse<?> answer, byte[] body) {
        String nothing = "The server answered " + answer.statusCode() + " to "
                + answer.request().method() + " " + answer.uri().getPath();
        try {
            JsonNode json = Json.read(body);
            Problem problem = of(json);
            return problem.title().isEmpty() ? new Problem(nothing, problem.detail(), problem.faults()) : problem;
        } catch (JacksonException e) {
            return new Problem(nothing, "", List.of());
        }
    }

    /** Several lines: title, detail and faults, as far as there are any. */
    public String words() {
        StringBuilder words = new StringBuilder(title);
        if (!detail.isEmpty()) {
            words.append(title.isEmpty() ? "" : ": ").append(detail);
        }
        faults.forEach(fault -> words.append("\n  ").append(fault));
        return words.toString();
    }

    /** Text of a server that goes to a terminal: without control characters, which could steer it. */
    public static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+", " ").strip();
    }
}
