package dev.windrow.api.page;

import dev.windrow.api.http.EntityTags;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the exports page and the custom element, to everybody: what they show is asked of the API, which asks who
 * calls.
 */
@RestController
final class PageController {
    /** Nothing but our own files and our own API; nobody's frame; no form that a browser sends by itself. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";

    /** A picture that is looked at by itself could hold scripts, which run nowhere. */
    private static final String OF_PICTURES = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private static final CacheControl ASK_EVERY_TIME = CacheControl.noCache().cachePublic();
    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    /** Pages of others load it with each of their own; the API's version says whether an older one still fits. */
    private static final CacheControl A_WHILE =
            CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

    private final PageFiles files;
    private final String policy;

    PageController(PageTheme theme) {
        this.files = new PageFiles(theme);
        this.policy = theme.frameAncestors().isEmpty()
                ? POLICY
                : POLICY.replace(
                        "frame-ancestors 'none'", "frame-ancestors " + String.join(" ", theme.frameAncestors()));
    }

    @GetMapping("/")
    ResponseEntity<byte[]> page(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        return answer(files.html(), headers(policy, ASK_EVERY_TIME, response), request);
    }

    /** Any page may load it, as a script or as a module; whether its requests are answered is for the API to say. */
    @GetMapping("/windrow.js")
    ResponseEntity<byte[]> element(HttpServletRequest request, HttpServletResponse response) {
        // In place of what was said for the API's answers.
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        return answer(files.element(), headers(POLICY, A_WHILE, response), request);
    }

    /** Of another version, while servers are upgraded one by one, it is the best there is, but not to be kept. */
    @GetMapping("/page/{version}/{name}")
    ResponseEntity<byte[]> asset(
            @PathVariable("version") String version,
            @PathVariable("name") String name,
            HttpServletRequest request,
            HttpServletResponse response) {
        PageFile file = files.asset(name)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is nothing at this path."));
        CacheControl cache = version.equals(files.version()) ? FOREVER : ASK_EVERY_TIME;
        String content = file.type().getType().equals("image") ? OF_PICTURES : POLICY;
        return answer(file, headers(content, cache, response), request);
    }

    /**
     * The policy goes onto the answer itself, in place of the one that every answer has: a second one would be held to
     * as well.
     */
    private static HttpHeaders headers(String policy, CacheControl cache, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", policy);
        HttpHeaders headers = new HttpHeaders();
        headers.setCacheControl(cache);
        return headers;
    }

    /** Its tag is a weak one: the server may compress what it stands for. */
    private static ResponseEntity<byte[]> answer(PageFile file, HttpHeaders headers, HttpServletRequest request) {
        headers.setETag("W/" + file.strongTag());
        if (EntityTags.matchesWeakly(JsonAnswers.ifNoneMatch(request), file.strongTag())) {
            return new ResponseEntity<>(headers, HttpStatus.NOT_MODIFIED);
        }
        headers.setContentType(file.type());
        return new ResponseEntity<>(file.content(), headers, HttpStatus.OK);
    }
}
