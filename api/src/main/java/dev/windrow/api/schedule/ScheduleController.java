package dev.windrow.api.schedule;

import dev.windrow.api.access.Caller;
import dev.windrow.api.http.EntityTags;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.JsonRequest;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.request.StrictJson;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.schedule.Schedule;
import dev.windrow.common.schedule.Schedules;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Saves schedules, shows them and forgets them. */
@RestController
final class ScheduleController {
    private final Schedules schedules;
    private final OwnSchedules own;
    private final SavedSchedules saved;
    private final ScheduleJson json;

    ScheduleController(Schedules schedules, OwnSchedules own, SavedSchedules saved, ScheduleJson json) {
        this.schedules = schedules;
        this.own = own;
        this.saved = saved;
        this.json = json;
    }

    @GetMapping(path = SchedulePaths.SCHEDULES, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> list(Caller caller, HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, Set.of(OwnSchedules.OWNER, "limit", "cursor"));
        SchedulePage page = SchedulePage.of(query, OwnSchedules.owner(query, caller));
        List<Schedule> found = schedules.list(page.owner(), page.after(), page.limit() + 1);
        boolean more = found.size() > page.limit();
        List<Schedule> shown = more ? found.subList(0, page.limit()) : found;
        HttpHeaders headers = new HttpHeaders();
        String next = "null";
        if (more) {
            String cursor = SchedulePage.cursor(shown.get(shown.size() - 1));
            headers.add(HttpHeaders.LINK, "<" + SchedulePaths.SCHEDULES + page.next(cursor) + ">; rel=\"next\"");
            next = '"' + cursor + '"';
        }
        String items = shown.stream()
                .filter(schedule -> OwnSchedules.isFor(caller, schedule))
                .map(schedule -> new String(json.write(json.view(schedule)), StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
        byte[] body = ("{\"items\":[" + items + "],\"nextCursor\":" + next + "}").getBytes(StandardCharsets.UTF_8);
        return JsonAnswers.fresh(body, EntityTags.strong(body), JsonAnswers.ifNoneMatch(request), headers);
    }

    @PostMapping(path = SchedulePaths.SCHEDULES, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> add(Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        OwnSchedules.requireOwn(caller);
        ScheduleRequest asked = ScheduleRequest.of(StrictJson.parse(JsonRequest.text(request)), null);
        Schedule added = saved.add(asked, caller, Trail.actor(caller, request));
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(HttpHeaders.LOCATION, SchedulePaths.self(added))
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.write(json.view(added)));
    }

    @GetMapping(path = SchedulePaths.SCHEDULE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> show(@PathVariable("name") String name, Caller caller, HttpServletRequest request) {
        byte[] body = json.write(json.view(own.of(name, caller, request)));
        return JsonAnswers.fresh(body, EntityTags.strong(body), JsonAnswers.ifNoneMatch(request), new HttpHeaders());
    }

    /** It goes on with the rights of who saves it, so it is for its owner alone. */
    @PutMapping(path = SchedulePaths.SCHEDULE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> change(@PathVariable("name") String name, Caller caller, HttpServletRequest request) {
        Schedule seen = own.of(name, caller, request);
        if (!seen.identity().owner().equals(caller.name())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "A schedule is changed by its owner, with whose rights it goes on.");
        }
        ScheduleRequest asked = ScheduleRequest.of(StrictJson.parse(JsonRequest.text(request)), name);
        Schedule changed = saved.change(seen, asked, caller, Trail.actor(caller, request));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json.write(json.view(changed)));
    }

    @DeleteMapping(SchedulePaths.SCHEDULE)
    ResponseEntity<Void> remove(@PathVariable("name") String name, Caller caller, HttpServletRequest request) {
        saved.remove(own.of(name, caller, request), Trail.actor(caller, request));
        return ResponseEntity.noContent().build();
    }
}
