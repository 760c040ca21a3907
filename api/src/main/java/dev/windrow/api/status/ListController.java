package dev.windrow.api.status;

import dev.windrow.api.access.Caller;
import dev.windrow.api.problem.JsonAnswers;
import dev.windrow.api.problem.QueryParameters;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.State;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the caller's exports, newest first. */
@RestController
public final class ListController {
    private static final Set<String> KNOWN = Set.of("state", "dataset", "limit", "cursor");
    private static final int MOST = 200;
    private static final int USUAL = 50;

    private final Exports exports;
    private final ExportJson view;
    private final JsonAnswers json;

    public ListController(Exports exports, ExportJson view, JsonAnswers json) {
        this.exports = exports;
        this.view = view;
        this.json = json;
    }

    @GetMapping(path = ExportPaths.EXPORTS, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> list(Caller caller, HttpServletRequest request) {
        Page page = Page.of(QueryParameters.of(request, KNOWN));
        List<Export> found = exports.list(caller.name(), page.filter(), page.before(), page.limit() + 1);
        boolean more = found.size() > page.limit();
        List<Export> shown = more ? found.subList(0, page.limit()) : found;
        String next = more ? Cursor.after(shown.get(shown.size() - 1).id()) : null;
        ResponseEntity<byte[]> answer = json.fresh(request, new ListView(view(shown, page.filter()), next));
        return next == null
                ? answer
                : ResponseEntity.status(answer.getStatusCode())
                        .headers(answer.getHeaders())
                        .header(HttpHeaders.LINK, "<" + page.next(next) + ">; rel=\"next\"")
                        .body(answer.getBody());
    }

    /** What has moved on since it was found is left out: a list of one state shows no other. */
    private List<ExportView> view(List<Export> shown, Exports.Filter filter) {
        State asked = filter.state();
        return shown.stream()
                .map(view::view)
                .filter(one -> asked == null || one.state().equals(asked.id()))
                .toList();
    }

    private record ListView(
            List<ExportView> items, @Nullable String nextCursor) {}

    private record Page(Exports.Filter filter, @Nullable ExportId before, int limit) {
        static Page of(QueryParameters query) {
            Optional<State> state = query.value("state").flatMap(id -> state(id, query));
            int limit = query.value("limit").map(text -> limit(text, query)).orElse(USUAL);
            Optional<ExportId> before = query.value("cursor").flatMap(text -> before(text, query));
            query.check();
            return new Page(
                    new Exports.Filter(
                            state.orElse(null), query.value("dataset").orElse(null)),
                    before.orElse(null),
                    limit);
        }

        private static Optional<State> state(String id, QueryParameters query) {
            Optional<State> state = Arrays.stream(State.values())
                    .filter(one -> one.id().equals(id))
                    .findFirst();
            if (state.isEmpty()) {
                String all = Arrays.stream(State.values()).map(State::id).collect(Collectors.joining(", "));
                query.fault("state", "must be one of " + all);
            }
            return state;
        }

        private static int limit(String text, QueryParameters query) {
            int limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
            if (limit < 1 || limit > MOST) {
                query.fault("limit", "must be an integer from 1 to " + MOST);
            }
            return limit;
        }

        private static Optional<ExportId> before(String text, QueryParameters query) {
            Optional<ExportId> before = Cursor.parse(text);
            if (before.isEmpty()) {
                query.fault("cursor", "is not a cursor of this list");
            }
            return before;
        }

        String next(String cursor) {
            StringBuilder path =
                    new StringBuilder(ExportPaths.EXPORTS).append("?limit=").append(limit);
            if (filter.state() != null) {
                path.append("&state=").append(filter.state().id());
            }
            if (filter.dataset() != null) {
                path.append("&dataset=").append(URLEncoder.encode(filter.dataset(), StandardCharsets.UTF_8));
            }
            return path.append("&cursor=").append(cursor).toString();
        }
    }
}
