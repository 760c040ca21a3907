package dev.windrow.api.deliveries;

import dev.windrow.api.access.Caller;
import dev.windrow.api.http.EntityTags;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Action;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.outbox.Deliveries.Delivery;
import dev.windrow.common.outbox.Deliveries.Place;
import dev.windrow.common.outbox.Message;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows who was told of an export, and has them told again. */
@RestController
final class DeliveriesController {
    private static final Logger log = LoggerFactory.getLogger(DeliveriesController.class);
    private static final String DELIVERIES = ExportPaths.EXPORT + "/deliveries";

    private static final String VERSION = "1:";

    private final Deliveries deliveries;
    private final Reach reach;
    private final Trail trail;
    private final Clock clock;
    private final JsonAnswers json;

    DeliveriesController(Deliveries deliveries, Reach reach, Trail trail, Clock clock, JsonAnswers json) {
        this.deliveries = deliveries;
        this.reach = reach;
        this.trail = trail;
        this.clock = clock;
        this.json = json;
    }

    private record Page(List<DeliveryView> items, @Nullable String nextCursor) {}

    @GetMapping(path = DELIVERIES, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> list(@PathVariable("id") String id, Caller caller, HttpServletRequest request) {
        DeliveryPage page = DeliveryPage.of(QueryParameters.of(request, DeliveryPage.KNOWN), VERSION);
        Export export = export(id, caller);
        List<Delivery> found = deliveries.of(export.id(), page.after(), page.limit() + 1);
        boolean more = found.size() > page.limit();
        List<Delivery> shown = more ? found.subList(0, page.limit()) : found;
        HttpHeaders headers = new HttpHeaders();
        String next = null;
        if (more) {
            Message last = shown.get(shown.size() - 1).message();
            next = DeliveryPage.cursor(new Place(last.event().sequence(), last.id()), VERSION);
            String path = ExportPaths.self(export.id()) + "/deliveries?limit=" + page.limit() + "&cursor=" + next;
            headers.add(HttpHeaders.LINK, "<" + path + ">; rel=\"next\"");
        }
        byte[] body = json.write(new Page(shown.stream().map(DeliveryView::of).toList(), next));
        return JsonAnswers.fresh(body, EntityTags.strong(body), JsonAnswers.ifNoneMatch(request), headers);
    }

    /** The same message under its old id, at once and with all its tries. */
    @PostMapping(path = DELIVERIES + "/{message}/replay", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> replay(
            @PathVariable("id") String id,
            @PathVariable("message") String messageId,
            Caller caller,
            HttpServletRequest request) {
        QueryParameters.none(request);
        Export export = export(id, caller);
        Message message = message(export, messageId).message();
        boolean won = trail.change(
                Trail.actor(caller, request),
                Action.REPLAY,
                () -> deliveries.replay(message, clock.instant()),
                done -> done ? Optional.of(export) : Optional.empty());
        if (!won) {
            throw new ProblemException(ProblemType.NOT_RETRYABLE, "The message still waits, and will be sent.");
        }
        log.info("message {} of export {} is sent again", message.id(), export.id());
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.write(DeliveryView.of(message(export, messageId))));
    }

    private Delivery message(Export export, String id) {
        return Optional.of(id)
                .filter(text -> text.indexOf('\0') < 0)
                .flatMap(text -> deliveries.find(export.id(), text))
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such message."));
    }

    private Export export(String id, Caller caller) {
        return ExportId.parse(id)
                .flatMap(parsed -> reach.look(caller, parsed))
                .orElseThrow(ProblemException::noSuchExport);
    }
}
