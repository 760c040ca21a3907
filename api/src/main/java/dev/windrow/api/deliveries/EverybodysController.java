package dev.windrow.api.deliveries;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Role;
import dev.windrow.api.http.EntityTags;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.common.outbox.Deliveries;
import dev.windrow.common.outbox.Deliveries.Delivery;
import dev.windrow.common.outbox.Deliveries.Place;
import dev.windrow.common.outbox.Message;
import dev.windrow.common.outbox.Message.State;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows administrators what was given up, and what waits, of everybody's exports. */
@RestController
final class EverybodysController {
    private static final String PATH = "/api/v1/deliveries";
    private static final String STATE = "state";
    private static final String VERSION = "all:";

    private final Deliveries deliveries;
    private final JsonAnswers json;

    EverybodysController(Deliveries deliveries, JsonAnswers json) {
        this.deliveries = deliveries;
        this.json = json;
    }

    private record Page(List<Item> items, @Nullable String nextCursor) {}

    /** A message with the export that it is about. */
    private record Item(@JsonUnwrapped DeliveryView delivery, String export, String dataset, String owner) {
        static Item of(Delivery delivery) {
            Message.About about = delivery.message().about();
            return new Item(DeliveryView.of(delivery), about.export().toString(), about.dataset(), about.owner());
        }
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> list(Caller caller, HttpServletRequest request) {
        if (!caller.has(Role.ADMIN)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Everybody's deliveries are for callers with the role " + Role.ADMIN.word() + ".");
        }
        QueryParameters query = QueryParameters.of(request, Set.of(STATE, "limit", "cursor"));
        State state = query.value(STATE).map(text -> state(text, query)).orElse(State.GIVEN_UP);
        DeliveryPage page = DeliveryPage.of(query, VERSION);
        List<Delivery> found = deliveries.all(state, page.after(), page.limit() + 1);
        boolean more = found.size() > page.limit();
        List<Delivery> shown = more ? found.subList(0, page.limit()) : found;
        HttpHeaders headers = new HttpHeaders();
        String next = null;
        if (more) {
            Message last = shown.get(shown.size() - 1).message();
            next = DeliveryPage.cursor(new Place(last.standing().created().toEpochMilli(), last.id()), VERSION);
            String path = PATH + "?state=" + state.id() + "&limit=" + page.limit() + "&cursor=" + next;
            headers.add(HttpHeaders.LINK, "<" + path + ">; rel=\"next\"");
        }
        byte[] body = json.write(new Page(shown.stream().map(Item::of).toList(), next));
        return JsonAnswers.fresh(body, EntityTags.strong(body), JsonAnswers.ifNoneMatch(request), headers);
    }

    private static State state(String text, QueryParameters query) {
        for (State state : List.of(State.WAITING, State.GIVEN_UP)) {
            if (state.id().equals(text)) {
                return state;
            }
        }
        query.fault(STATE, "must be given-up or waiting");
        return State.GIVEN_UP;
    }
}
