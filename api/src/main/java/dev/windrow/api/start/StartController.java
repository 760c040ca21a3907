package dev.windrow.api.start;

import dev.windrow.api.access.Caller;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.problem.QueryParameters;
import dev.windrow.api.status.ExportJson;
import dev.windrow.api.status.ExportPaths;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.export.Export;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts exports. */
@RestController
public final class StartController {
    private static final String RETRY_SECONDS = "1";
    private static final String LATER = "is not available in this version";

    private final Catalog catalog;
    private final Starter starter;
    private final ExportJson json;

    public StartController(Catalog catalog, Starter starter, ExportJson json) {
        this.catalog = catalog;
        this.starter = starter;
        this.json = json;
    }

    @PostMapping(path = ExportPaths.EXPORTS, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> start(Caller caller, HttpServletRequest request) {
        refuseWhatIsLater(request);
        StartRequest asked = StartRequest.of(StrictJson.parse(JsonRequest.text(request)));
        Dataset dataset = catalog.find(asked.dataset())
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such dataset."));
        StartCheck.Checked checked = StartCheck.check(dataset, asked, caller.name());
        Export started = starter.start(dataset, checked, caller.name());
        byte[] body = json.write(started);
        starter.ring(started.id());
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.LOCATION, ExportPaths.self(started.id()))
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    /** Who asks for these relies on them, so they are refused, not ignored. */
    private static void refuseWhatIsLater(HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, Set.of("dryRun"));
        if (query.value("dryRun").isPresent()) {
            query.fault("dryRun", LATER);
        }
        query.check();
        if (request.getHeader("Idempotency-Key") != null) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The Idempotency-Key header " + LATER + ".");
        }
    }
}
