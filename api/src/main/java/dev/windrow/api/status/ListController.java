package dev.windrow.api.status;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Role;
import dev.windrow.api.http.EntityTags;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.api.resource.ExportView;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Exports.Listed;
import dev.windrow.common.export.State;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the caller's exports, and everybody's to administrators, newest first. */
@RestController
final class ListController {
    private static final Set<String> KNOWN =
            Set.of("state", "dataset", "limit", "cursor", "owner", "q", "since", "until", "total");
    private static final int BUILT_AT_ONCE = 4;

    private final Exports exports;
    private final ExportJson view;
    /** Who comes when so many are being built waits for a moment, so that lists hold no more memory than these. */
    private final Semaphore building = new Semaphore(BUILT_AT_ONCE, true);

    ListController(Exports exports, ExportJson view) {
        this.exports = exports;
        this.view = view;
    }

    @GetMapping(path = ExportPaths.EXPORTS, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> list(Caller caller, HttpServletRequest request) {
        Page page = Page.of(QueryParameters.of(request, KNOWN), caller);
        if (!caller.name().equals(page.owner()) && !caller.has(Role.ADMIN)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Somebody else's exports are for callers with the role admin.");
        }
        building.acquireUninterruptibly();
        try {
            return answer(page, caller, request);
        } finally {
            building.release();
        }
    }

    private ResponseEntity<byte[]> answer(Page page, Caller caller, HttpServletRequest request) {
        List<Listed> found = exports.list(page.owner(), page.filter(), page.before(), page.limit() + 1);
        boolean more = found.size() > page.limit();
        List<Listed> paged = more ? found.subList(0, page.limit()) : found;
        String next = more ? Cursor.after(paged.get(paged.size() - 1).export().id()) : null;
        // A page may be short, then, and the next one is there all the same.
        boolean all = caller.has(Role.ADMIN) || !caller.rights().isLimited();
        List<Listed> shown = paged.stream()
                .filter(one -> all || caller.rights().areFor(one.export()))
                .toList();
        HttpHeaders headers = new HttpHeaders();
        if (next != null) {
            headers.add(HttpHeaders.LINK, "<" + page.next(next) + ">; rel=\"next\"");
        }
        // How many there are of those that are not shown is not said either.
        Long total = page.total() && all ? exports.count(page.owner(), page.filter()) : null;
        byte[] body = write(shown, page.filter(), next, total);
        return JsonAnswers.fresh(body, EntityTags.strong(body), JsonAnswers.ifNoneMatch(request), headers);
    }

    /**
     * One export after the other, so that no more than one is there in all its forms. What has moved on since it was
     * found is left out: a list of one state shows no other.
     */
    private byte[] write(List<Listed> shown, Exports.Filter filter, @Nullable String next, @Nullable Long total) {
        Map<ExportId, Integer> positions = exports.queuePositions(shown.stream()
                .map(Listed::export)
                .filter(one -> one.state() == State.QUEUED)
                .map(Export::id)
                .toList());
        State asked = filter.state();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"items\":[".getBytes(StandardCharsets.US_ASCII));
        int items = 0;
        for (Listed one : shown) {
            ExportView item = view.view(one, positions);
            if (asked == null || item.state().equals(asked.id())) {
                body.writeBytes((items++ == 0 ? "" : ",").getBytes(StandardCharsets.US_ASCII));
                body.writeBytes(view.write(item));
            }
        }
        String end = (next == null ? "],\"nextCursor\":null" : "],\"nextCursor\":\"" + next + "\"")
                + (total == null ? "}" : ",\"total\":" + total + "}");
        body.writeBytes(end.getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }
}
