package dev.windrow.api.page;

import dev.windrow.api.http.EntityTags;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves Swagger UI over {@code /v3/api-docs}, to everybody: what is tried there is asked of the API, which asks who
 * calls. Its files are those of the npm package, and are read again each time, as hardly anybody asks for them.
 */
@RestController
final class DocsController {
    /** Nothing but our own files and our own API. Swagger UI draws some of its icons from {@code data:}. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String HTML = "index.html";

    /** Scripts by the name that the container does not compress: a megabyte and a half for each who asks. */
    private static final Map<String, MediaType> TYPES = Map.of(
            HTML,
            MediaType.parseMediaType("text/html;charset=utf-8"),
            "start.js",
            MediaType.parseMediaType("application/javascript;charset=utf-8"),
            "swagger-ui-bundle.js",
            MediaType.parseMediaType("application/javascript;charset=utf-8"),
            "swagger-ui.css",
            MediaType.parseMediaType("text/css;charset=utf-8"));

    private final Map<String, String> tags = new TreeMap<>();

    DocsController() {
        TYPES.keySet().forEach(name -> tags.put(name, EntityTags.strong(read(name))));
    }

    @GetMapping("/docs")
    ResponseEntity<byte[]> page(HttpServletRequest request, HttpServletResponse response) {
        return answer(HTML, request, response);
    }

    @GetMapping("/docs/{name}")
    ResponseEntity<byte[]> asset(
            @PathVariable("name") String name, HttpServletRequest request, HttpServletResponse response) {
        if (name.equals(HTML) || !TYPES.containsKey(name)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is nothing at this path.");
        }
        return answer(name, request, response);
    }

    private ResponseEntity<byte[]> answer(String name, HttpServletRequest request, HttpServletResponse response) {
        QueryParameters.none(request);
        // In place of the policy that every answer has: a second one would be held to as well.
        response.setHeader("Content-Security-Policy", POLICY);
        String tag = tags.getOrDefault(name, "");
        boolean known = EntityTags.matchesWeakly(JsonAnswers.ifNoneMatch(request), tag);
        // A weak one: the server may compress what it stands for.
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                .cacheControl(CacheControl.noCache().cachePublic())
                .eTag("W/" + tag);
        return known
                ? answer.build()
                : answer.contentType(Objects.requireNonNull(TYPES.get(name))).body(read(name));
    }

    private static byte[] read(String name) {
        try (InputStream in = DocsController.class.getResourceAsStream("docs/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
