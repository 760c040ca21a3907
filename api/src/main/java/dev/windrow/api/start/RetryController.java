package dev.windrow.api.start;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.access.Grant;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.State;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Starts exports again that have ended without a file, or whose file is gone. */
@RestController
final class RetryController {
    private static final Logger log = LoggerFactory.getLogger(RetryController.class);
    private static final String RETRY_SECONDS = "1";

    private final Exports exports;
    private final Reach reach;
    private final Datasets datasets;
    private final ArtifactStore artifacts;
    private final Starter starter;
    private final Clock clock;
    private final ExportJson json;

    RetryController(
            Exports exports,
            Reach reach,
            Datasets datasets,
            ArtifactStore artifacts,
            Starter starter,
            Clock clock,
            ExportJson json) {
        this.exports = exports;
        this.reach = reach;
        this.datasets = datasets;
        this.artifacts = artifacts;
        this.starter = starter;
        this.clock = clock;
        this.json = json;
    }

    @PostMapping(path = ExportPaths.EXPORT + "/retry", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> retry(@PathVariable("id") String idText, Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        ExportId id = ExportId.parse(idText).orElseThrow(ProblemException::noSuchExport);
        return starter.told(caller, () -> retry(id, caller, Trail.actor(caller, request)));
    }

    private ResponseEntity<byte[]> retry(ExportId id, Caller caller, Actor actor) {
        String owner = reach.owner(caller, id);
        Export seen = exports.find(id, owner).orElseThrow(ProblemException::noSuchExport);
        Grant grant = datasets.forRetry(caller, seen).orElseThrow(ProblemException::noSuchExport);
        Instant now = clock.instant();
        if (seen.state() == State.FAILED || seen.state() == State.CANCELLED || seen.isExpired(now)) {
            starter.checkRoom(seen.request().dataset());
        }
        boolean won = starter.again(seen, grant, caller, now, actor);
        Export export = exports.find(id, owner).orElseThrow(ProblemException::noSuchExport);
        if (!won) {
            throw new ProblemException(
                    ProblemType.NOT_RETRYABLE,
                    "The export is " + export.state().id()
                            + "; only one that has failed, was cancelled or has expired can be retried.");
        }
        log.info(
                "export {} queued again by {}, it was {}",
                id,
                Reach.who(caller, owner),
                seen.state().id());
        removeFile(seen);
        byte[] body = json.write(export);
        starter.ring(id);
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header(HttpHeaders.LOCATION, ExportPaths.self(id))
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    /** The row names it no more, so what stays here is a stray, which the janitor finds. */
    private void removeFile(Export seen) {
        Artifact artifact = seen.artifact();
        if (artifact == null) {
            return;
        }
        try {
            for (String key : artifact.keys()) {
                artifacts.delete(key);
            }
        } catch (IOException e) {
            log.warn("the expired file of export {} stays until it is swept", seen.id(), e);
        }
    }
}
