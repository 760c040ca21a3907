package dev.windrow.api.download;

import dev.windrow.api.access.Caller;
import dev.windrow.api.problem.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.problem.QueryParameters;
import dev.windrow.api.status.ExportPaths;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Makes links to archives that need no credentials, and answers those who come by one. A link is as good as the file to whoever has
 * it, as often as they like, so its token never reaches a log.
 */
@RestController
public final class LinkController {
    /** Where links lead; what is below is a secret. */
    public static final String LINKS = "/d";

    private static final Logger log = LoggerFactory.getLogger(LinkController.class);

    private final Archives archives;
    private final Delivery delivery;
    private final LinkKeys keys;
    private final Clock clock;
    private final JsonAnswers json;

    public LinkController(Archives archives, Delivery delivery, LinkKeys keys, Clock clock, JsonAnswers json) {
        this.archives = archives;
        this.delivery = delivery;
        this.keys = keys;
        this.clock = clock;
        this.json = json;
    }

    private record Link(String url, Instant expiresAt) {}

    @PostMapping(path = ExportPaths.EXPORT + "/links", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> make(@PathVariable("id") String id, Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        LinkRequest asked = LinkRequest.of(request);
        Archive archive = archives.of(id, caller.name());
        Instant end = clock.instant().plus(asked.expiresIn()).truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = end.isAfter(archive.expires()) ? archive.expires() : end;
        String token = new LinkToken(archive.export(), expiresAt).sign(keys.signing());
        log.info("export {} has a link until {}", archive.export(), expiresAt);
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.write(new Link(url(request, token, archive.name()), expiresAt)));
    }

    /** Absolute, since it is sent to people; as the request was addressed, which behind a proxy is for the server's settings to say. */
    private static String url(HttpServletRequest request, String token, String name) {
        return ServletUriComponentsBuilder.fromContextPath(request).build().toUriString() + LINKS + "/" + token + "/"
                + UriUtils.encode(name, StandardCharsets.UTF_8);
    }

    /** The name is for whoever sees the link: what is sent has its own. */
    @RequestMapping(
            path = LINKS + "/{token}/{fileName}",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void follow(@PathVariable("token") String token, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        QueryParameters.none(request);
        LinkToken link = LinkToken.parse(token, keys.all())
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such link."));
        if (!link.expiresAt().isAfter(clock.instant())) {
            throw new ProblemException(ProblemType.EXPIRED, "The link's time is over; ask for a new one.");
        }
        Archive archive = archives.of(link);
        response.setHeader("Referrer-Policy", "no-referrer");
        delivery.deliver(archive, request, response);
    }
}
