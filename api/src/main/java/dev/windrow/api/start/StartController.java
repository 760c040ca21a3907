package dev.windrow.api.start;

import dev.windrow.api.access.Caller;
import dev.windrow.api.launch.Launches;
import dev.windrow.api.limit.StartLimits;
import dev.windrow.api.request.JsonRequest;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.request.StrictJson;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.export.Export;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts exports, or says what a start would give. */
@RestController
final class StartController {
    private static final String RETRY_SECONDS = "1";

    private final Launches launches;
    private final ExportJson json;
    private final StartLimits limits;

    StartController(Launches launches, ExportJson json, StartLimits limits) {
        this.launches = launches;
        this.json = json;
        this.limits = limits;
    }

    @PostMapping(path = ExportPaths.EXPORTS, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> start(Caller caller, HttpServletRequest request) {
        return isDryRun(request) ? rehearsed(caller, request) : limits.told(caller, () -> started(caller, request));
    }

    private ResponseEntity<byte[]> rehearsed(Caller caller, HttpServletRequest request) {
        var unused = IdempotencyKey.of(request);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(launches.rehearse(caller, StrictJson.parse(JsonRequest.text(request))));
    }

    private ResponseEntity<byte[]> started(Caller caller, HttpServletRequest request) {
        String key = IdempotencyKey.of(request).orElse(null);
        return launches.start(
                caller,
                StrictJson.parse(JsonRequest.text(request)),
                new Launches.Asking(key, Trail.actor(caller, request)),
                this::answer);
    }

    private static boolean isDryRun(HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, Set.of("dryRun"));
        String dryRun = query.value("dryRun").orElse("false");
        if (!dryRun.equals("true") && !dryRun.equals("false")) {
            query.fault("dryRun", "must be true or false");
        }
        query.check();
        return dryRun.equals("true");
    }

    private ResponseEntity<byte[]> answer(Launches.Started started) {
        Export export = started.export();
        String self = ExportPaths.self(export.id());
        if (started.way() == Launches.Way.RECENT) {
            return ResponseEntity.ok()
                    .header(HttpHeaders.CONTENT_LOCATION, self)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(json.write(export));
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.LOCATION, self)
                .contentType(MediaType.APPLICATION_JSON);
        if (started.way() == Launches.Way.REPLAYED) {
            answer.header("Idempotency-Replayed", "true");
        }
        if (export.state().isActive()) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return answer.body(json.write(export));
    }
}
