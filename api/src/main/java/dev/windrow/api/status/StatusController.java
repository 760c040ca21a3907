package dev.windrow.api.status;

import dev.windrow.api.access.Caller;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.http.Prefer;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.api.resource.Reach;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows how one export is doing; at once, or when it has changed. */
@RestController
final class StatusController {
    private final Reach reach;
    private final ExportJson json;
    private final LongPolls longPolls;

    StatusController(Reach reach, ExportJson json, LongPolls longPolls) {
        this.reach = reach;
        this.json = json;
        this.longPolls = longPolls;
    }

    /** @return an answer, or one that comes later */
    @GetMapping(path = ExportPaths.EXPORT, produces = MediaType.APPLICATION_JSON_VALUE)
    Object status(@PathVariable("id") String idText, Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        ExportId id = ExportId.parse(idText).orElseThrow(ProblemException::noSuchExport);
        Export export = reach.look(caller, id).orElseThrow(ProblemException::noSuchExport);
        Snapshot now = new Snapshot(export, json);
        List<String> ifNoneMatch = JsonAnswers.ifNoneMatch(request);
        OptionalInt wait = Prefer.waitSeconds(Collections.list(request.getHeaders("Prefer")));
        boolean held = wait.isPresent() && wait.getAsInt() > 0 && now.isWorthWaiting(ifNoneMatch);
        if (!held) {
            return now.answer(ifNoneMatch, wait);
        }
        return longPolls.hasRoom()
                ? longPolls.hold(
                        new Watch.Watched(id, export.owner(), caller.name()), now, ifNoneMatch, wait.getAsInt())
                : now.answer(ifNoneMatch, OptionalInt.empty());
    }
}
