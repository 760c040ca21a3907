package dev.windrow.api.start;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.limit.StartLimits;
import dev.windrow.api.request.JsonRequest;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.request.StrictJson;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.IdempotencyKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    private final Datasets datasets;
    private final Starter starter;
    private final RepeatedStarts repeated;
    private final Rehearsal rehearsal;
    private final ExportJson json;
    private final StartLimits limits;

    StartController(
            Datasets datasets,
            Starter starter,
            RepeatedStarts repeated,
            Rehearsal rehearsal,
            ExportJson json,
            StartLimits limits) {
        this.datasets = datasets;
        this.starter = starter;
        this.repeated = repeated;
        this.rehearsal = rehearsal;
        this.json = json;
        this.limits = limits;
    }

    @PostMapping(path = ExportPaths.EXPORTS, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> start(Caller caller, HttpServletRequest request) {
        return isDryRun(request)
                ? answer(caller, request, true)
                : limits.told(caller, () -> answer(caller, request, false));
    }

    private ResponseEntity<byte[]> answer(Caller caller, HttpServletRequest request, boolean dryRun) {
        Optional<String> key = IdempotencyKey.of(request);
        StartRequest asked = StartRequest.of(StrictJson.parse(JsonRequest.text(request)));
        Datasets.Granted granted = datasets.of(caller, asked.dataset());
        Dataset dataset = granted.dataset();
        StartCheck.Checked checked = StartCheck.check(granted, asked, caller);
        if (dryRun) {
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(rehearsal.of(dataset, checked, caller.name()));
        }
        Start start = new Start(dataset, checked, caller, asked.maxAge(), Trail.actor(caller, request));
        return key.isEmpty()
                ? begin(start, null)
                : repeated.alone(caller.name(), key.get(), () -> keyed(start, key.get()));
    }

    private record Start(
            Dataset dataset,
            StartCheck.Checked checked,
            Caller caller,
            @Nullable Duration maxAge,
            Actor actor) {
        String owner() {
            return caller.name();
        }
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

    private ResponseEntity<byte[]> keyed(Start start, String value) {
        IdempotencyKeys.Key key = new IdempotencyKeys.Key(
                value, CanonicalForm.digest(start.checked().request(), start.maxAge()));
        Optional<Export> earlier = repeated.earlier(start.owner(), key);
        return earlier.isPresent() ? replayed(earlier.get()) : begin(start, key);
    }

    private ResponseEntity<byte[]> begin(Start start, IdempotencyKeys.@Nullable Key key) {
        // An export of more rows than the caller may have now is none that answers.
        if (start.maxAge() != null && start.caller().rights().terms().maxRows() == null) {
            Optional<Export> recent = repeated.recent(start.owner(), start.checked(), start.maxAge());
            if (recent.isPresent()) {
                return ResponseEntity.ok()
                        .header(
                                HttpHeaders.CONTENT_LOCATION,
                                ExportPaths.self(recent.get().id()))
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(json.write(recent.get()));
            }
        }
        Optional<Export> started = starter.start(start.dataset(), start.checked(), start.caller(), key, start.actor());
        if (started.isEmpty() && key != null) {
            // Another process has used the key since we looked.
            return replayed(repeated.earlier(start.owner(), key).orElseThrow(RepeatedStarts::inUse));
        }
        Export queued = started.orElseThrow();
        byte[] body = json.write(queued);
        starter.ring(queued.id());
        return accepted(queued).header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS).body(body);
    }

    private ResponseEntity<byte[]> replayed(Export export) {
        ResponseEntity.BodyBuilder answer = accepted(export).header("Idempotency-Replayed", "true");
        if (export.state().isActive()) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return answer.body(json.write(export));
    }

    private static ResponseEntity.BodyBuilder accepted(Export export) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.LOCATION, ExportPaths.self(export.id()))
                .contentType(MediaType.APPLICATION_JSON);
    }
}
