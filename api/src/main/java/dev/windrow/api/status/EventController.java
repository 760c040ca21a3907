package dev.windrow.api.status;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.CredentialReader;
import dev.windrow.api.access.Places;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.api.resource.Reach;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Pushes how one export is doing, until it has ended. */
@RestController
final class EventController {
    /** A page has two streams at most, and asks for the status of what else it shows. */
    private static final int MOST_OF_ONE = 20;

    private static final int MOST = 1_000;
    private static final int RETRY_SECONDS = 1;
    private static final String LAST_ID = "[0-9]{1,15}";

    private final Reach reach;
    private final ExportJson json;
    private final Watch watch;
    private final Clock clock;
    private final List<CredentialReader> readers;
    private final Places places = new Places("events", "streams of events", MOST_OF_ONE, MOST);

    EventController(Reach reach, ExportJson json, Watch watch, Clock clock, List<CredentialReader> readers) {
        this.reach = reach;
        this.json = json;
        this.watch = watch;
        this.clock = clock;
        this.readers = List.copyOf(readers);
    }

    @GetMapping(ExportPaths.EXPORT + "/events")
    void events(
            @PathVariable("id") String idText, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        QueryParameters.none(request);
        ExportId id = ExportId.parse(idText).orElseThrow(ProblemException::noSuchExport);
        Export export = reach.look(caller, id).orElseThrow(ProblemException::noSuchExport);
        Snapshot arrival = new Snapshot(export, json);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store, no-transform");
        // A proxy that collects events before it passes them on would make them late (nginx).
        response.setHeader("X-Accel-Buffering", "no");
        if (!request.getMethod().equals("HEAD")) {
            takePlace(caller);
            begin(new Watch.Watched(id, export.owner(), caller.name()), () -> holds(caller), arrival, request);
        }
    }

    /** Whether the credentials have not ended since, and were not taken back. */
    private boolean holds(Caller caller) {
        Instant ends = caller.credential().expires();
        return (ends == null || clock.instant().isBefore(ends))
                && readers.stream().allMatch(reader -> reader.holds(caller));
    }

    /** How many streams are open now. */
    int open() {
        return places.taken();
    }

    private void takePlace(Caller caller) {
        if (!watch.isRunning()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "The service is stopping.")
                    .withRetryAfter(RETRY_SECONDS);
        }
        places.take(caller.name());
    }

    /** From here on the stream has the place, and gives it back when it is over, whoever ends it and wherever. */
    private void begin(Watch.Watched watched, BooleanSupplier holds, Snapshot arrival, HttpServletRequest request)
            throws IOException {
        EventStream stream;
        try {
            stream = stream(watched, holds, arrival, request);
        } catch (IOException | RuntimeException e) {
            places.giveBack(watched.caller());
            throw e;
        }
        try {
            stream.begin();
            watch.add(stream);
            if (stream.isOver()) {
                // Before it was added.
                watch.remove(stream);
            }
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private EventStream stream(
            Watch.Watched watched, BooleanSupplier holds, Snapshot arrival, HttpServletRequest request)
            throws IOException {
        EventFeed feed = new EventFeed(
                arrival, json.deleted(watched.id()), lastId(request.getHeader("Last-Event-ID")), System::nanoTime);
        return new EventStream(watched, feed, holds, request, this::forget);
    }

    private void forget(EventStream stream) {
        places.giveBack(stream.watched().caller());
        watch.remove(stream);
    }

    /** Any text is a valid id to its sender (WHATWG HTML, section 9.2.4); what is not ours says nothing. */
    private static long lastId(@Nullable String header) {
        return header != null && header.matches(LAST_ID) ? Long.parseLong(header) : 0;
    }
}
