package dev.windrow.api.operations;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Role;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.common.statistics.Operations;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows administrators how everything stands. */
@RestController
final class OperationsController {
    private static final int RETRY_SECONDS = 5;

    private final Operations operations;
    private final JsonAnswers json;

    OperationsController(Operations operations, JsonAnswers json) {
        this.operations = operations;
        this.json = json;
    }

    @GetMapping(path = "/api/v1/operations", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> show(Caller caller, HttpServletRequest request) {
        if (!caller.has(Role.ADMIN)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Operations are for callers with the role " + Role.ADMIN.word() + ".");
        }
        QueryParameters.none(request);
        OperationsView view = operations
                .overview()
                .map(OperationsView::of)
                .orElseThrow(() -> new ProblemException(
                                ProblemType.UNAVAILABLE, "The database has not said yet how things stand.")
                        .withRetryAfter(RETRY_SECONDS));
        return json.fresh(request, view);
    }
}
