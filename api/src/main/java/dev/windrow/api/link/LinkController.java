package dev.windrow.api.link;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.PublicAddress;
import dev.windrow.api.archive.Archive;
import dev.windrow.api.archive.Archives;
import dev.windrow.api.archive.Delivery;
import dev.windrow.api.archive.EntryDelivery;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/**
 * Makes links to archives, and to single files of them, that need no credentials, ends them, and answers those who come
 * by one. A link is as good as the file to whoever has it, as often as they like, so its token never reaches a log.
 */
@RestController
final class LinkController {
    /** Where links lead; what is below is a secret. */
    static final String LINKS = "/d";

    private static final Logger log = LoggerFactory.getLogger(LinkController.class);

    private final Links links;
    private final Archives archives;
    private final Delivery delivery;
    private final EntryDelivery entries;
    private final PublicAddress address;
    private final JsonAnswers json;

    LinkController(
            Links links,
            Archives archives,
            Delivery delivery,
            EntryDelivery entries,
            PublicAddress address,
            JsonAnswers json) {
        this.links = links;
        this.archives = archives;
        this.delivery = delivery;
        this.entries = entries;
        this.address = address;
        this.json = json;
    }

    private record Link(String url, Instant expiresAt) {}

    /**
     * The row is read once: the link is of the run and the epoch whose archive was looked at, and dead if that has
     * passed by now.
     */
    @PostMapping(path = ExportPaths.EXPORT + "/links", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> make(@PathVariable("id") String id, Caller caller, HttpServletRequest request)
            throws IOException {
        QueryParameters.none(request);
        String base = address.of(request);
        LinkRequest asked = LinkRequest.of(request);
        Archive archive = archives.of(id, caller);
        String entry = asked.entry();
        if (!entry.isEmpty()) {
            entries.require(archive, entry);
        }
        Links.Made made = links.make(archive, entry, asked.expiresIn(), caller, Trail.actor(caller, request));
        log.info(
                "export {} has a link{} until {}",
                archive.export(),
                entry.isEmpty() ? "" : " to one of its files",
                made.expiresAt());
        String name = entry.isEmpty() ? archive.name() : entry.substring(entry.lastIndexOf('/') + 1);
        String url = base + LINKS + "/" + made.token() + "/" + UriUtils.encode(name, StandardCharsets.UTF_8);
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.write(new Link(url, made.expiresAt())));
    }

    /** When this is answered, no link works that was there when it was asked. */
    @DeleteMapping(ExportPaths.EXPORT + "/links")
    ResponseEntity<Void> end(@PathVariable("id") String id, Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        String owner = links.end(id, caller, Trail.actor(caller, request));
        log.info("the links of export {} were ended by {}", id, Reach.who(caller, owner));
        return ResponseEntity.noContent().build();
    }

    /** The name is for whoever sees the link: what is sent has its own. */
    @RequestMapping(
            path = LINKS + "/{token}/{fileName}",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void follow(@PathVariable("token") String token, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        QueryParameters.none(request);
        Trail.byLink(request);
        Links.Target target = links.follow(token);
        response.setHeader("Referrer-Policy", "no-referrer");
        if (target.entry().isEmpty()) {
            delivery.deliver(target.archive(), request, response);
        } else {
            entries.deliver(target.archive(), target.entry(), request, response);
        }
    }
}
