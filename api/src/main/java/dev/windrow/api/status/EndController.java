package dev.windrow.api.status;

import dev.windrow.api.access.Caller;
import dev.windrow.api.launch.Cancels;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.api.resource.Reach;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.artifact.ArtifactStore;
import dev.windrow.common.audit.Action;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Ends exports: stops them, and forgets them. */
@RestController
final class EndController {
    private static final Logger log = LoggerFactory.getLogger(EndController.class);

    private final Cancels cancels;
    private final Exports exports;
    private final Reach reach;
    private final ArtifactStore artifacts;
    private final ExportJson json;
    private final Trail trail;

    EndController(
            Cancels cancels, Exports exports, Reach reach, ArtifactStore artifacts, ExportJson json, Trail trail) {
        this.cancels = cancels;
        this.exports = exports;
        this.reach = reach;
        this.artifacts = artifacts;
        this.json = json;
        this.trail = trail;
    }

    @PostMapping(path = ExportPaths.EXPORT + "/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> cancel(@PathVariable("id") String idText, Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        ExportId id = ExportId.parse(idText).orElseThrow(ProblemException::noSuchExport);
        Cancels.Cancelled done = cancels.cancel(caller, id, Trail.actor(caller, request));
        return ResponseEntity.status(done.now() ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.write(done.export()));
    }

    /**
     * The row goes first: whatever happens then, no row speaks of a file that is not there, and the janitor finds a
     * file without one.
     */
    @DeleteMapping(ExportPaths.EXPORT)
    ResponseEntity<Void> delete(@PathVariable("id") String idText, Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        ExportId id = ExportId.parse(idText).orElseThrow(ProblemException::noSuchExport);
        String owner = reach.owner(caller, id);
        Export gone = trail.change(
                        Trail.actor(caller, request),
                        Action.DELETE,
                        () -> exports.delete(id, owner),
                        Function.identity())
                .orElseThrow(ProblemException::noSuchExport);
        log.info(
                "export {} deleted by {}, it was {}",
                id,
                Reach.who(caller, gone.owner()),
                json.state(gone).id());
        Artifact artifact = gone.artifact();
        if (artifact != null) {
            try {
                for (String key : artifact.keys()) {
                    artifacts.delete(key);
                }
            } catch (IOException e) {
                log.warn("the file of deleted export {} stays until it is swept", id, e);
            }
        }
        return ResponseEntity.noContent().build();
    }
}
