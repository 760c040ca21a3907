package dev.windrow.api.audit;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Role;
import dev.windrow.api.http.EntityTags;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.common.audit.AuditLog;
import dev.windrow.common.audit.AuditRow;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists what was done by whom, newest first, for administrators. */
@RestController
final class AuditController {
    static final String AUDIT = "/api/v1/audit";

    private static final Set<String> KNOWN =
            Set.of("limit", "cursor", "principal", "export", "action", "since", "until");

    private final AuditLog log;

    AuditController(AuditLog log) {
        this.log = log;
    }

    @GetMapping(path = AUDIT, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> list(Caller caller, HttpServletRequest request) {
        if (!caller.has(Role.ADMIN)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "The audit is for callers with the role " + Role.ADMIN.word() + ".");
        }
        AuditPage page = AuditPage.of(QueryParameters.of(request, KNOWN));
        List<AuditRow> found = log.list(page.filter(), page.before(), page.limit() + 1);
        boolean more = found.size() > page.limit();
        List<AuditRow> shown = more ? found.subList(0, page.limit()) : found;
        HttpHeaders headers = new HttpHeaders();
        String next = "null";
        if (more) {
            String cursor = AuditPage.cursor(shown.get(shown.size() - 1).number());
            headers.add(HttpHeaders.LINK, "<" + AUDIT + page.next(cursor) + ">; rel=\"next\"");
            next = '"' + cursor + '"';
        }
        // As they are hashed, so that whoever reads them can do that too.
        String items = shown.stream().map(AuditRow::text).collect(Collectors.joining(","));
        byte[] body = ("{\"items\":[" + items + "],\"nextCursor\":" + next + "}").getBytes(StandardCharsets.UTF_8);
        return JsonAnswers.fresh(body, EntityTags.strong(body), JsonAnswers.ifNoneMatch(request), headers);
    }
}
