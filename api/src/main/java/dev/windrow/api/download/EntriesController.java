package dev.windrow.api.download;

import dev.windrow.api.access.Caller;
import dev.windrow.api.archive.Archive;
import dev.windrow.api.archive.ArchiveManifest;
import dev.windrow.api.archive.Archives;
import dev.windrow.api.archive.Delivery;
import dev.windrow.api.archive.EntryDelivery;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.common.export.ExportId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** Lists the files of an archive, a page at a time, in the archive's order. */
@RestController
final class EntriesController {
    private static final Set<String> KNOWN = Set.of("limit", "cursor");
    private static final int MOST = 200;
    private static final int USUAL = 50;

    private final Archives archives;
    private final Delivery delivery;
    private final JsonAnswers json;

    EntriesController(Archives archives, Delivery delivery, JsonAnswers json) {
        this.archives = archives;
        this.delivery = delivery;
        this.json = json;
    }

    private record EntryItem(
            String name, long rows, long bytes, @Nullable String sha256, String mediaType, String url) {}

    private record EntryList(
            List<EntryItem> items, @Nullable String nextCursor) {}

    /**
     * HEAD is named, or it would be taken by the single files, which name it.
     *
     * @return an answer, or one that comes later
     */
    @RequestMapping(
            path = ExportPaths.EXPORT + "/entries",
            method = {RequestMethod.GET, RequestMethod.HEAD},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Object entries(@PathVariable("id") String id, Caller caller, HttpServletRequest request) throws IOException {
        Page page = Page.of(QueryParameters.of(request, KNOWN));
        Archive archive = archives.of(id, caller);
        List<String> ifNoneMatch = JsonAnswers.ifNoneMatch(request);
        CompletableFuture<ResponseEntity<byte[]>> answer = delivery.look(
                        archive, open -> new ArchiveManifest(open).files(page.from(), page.limit() + 1))
                .thenApply(found -> answer(archive.export(), page, found, ifNoneMatch));
        return answer.isDone() && !answer.isCompletedExceptionally() ? answer.join() : answer;
    }

    private ResponseEntity<byte[]> answer(
            ExportId export, Page page, List<ArchiveManifest.Described> found, List<String> ifNoneMatch) {
        boolean more = found.size() > page.limit();
        String next = more ? Page.cursor(page.from() + page.limit()) : null;
        List<EntryItem> shown = found.stream()
                .limit(page.limit())
                .map(file -> item(export, file))
                .toList();
        ResponseEntity<byte[]> answer = json.fresh(ifNoneMatch, new EntryList(shown, next));
        return next == null
                ? answer
                : ResponseEntity.status(answer.getStatusCode())
                        .headers(answer.getHeaders())
                        .header(HttpHeaders.LINK, "<" + page.next(export, next) + ">; rel=\"next\"")
                        .body(answer.getBody());
    }

    private static EntryItem item(ExportId id, ArchiveManifest.Described file) {
        String path = Arrays.stream(file.name().split("/", -1))
                .map(part -> UriUtils.encode(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining("/"));
        return new EntryItem(
                file.name(),
                file.rows(),
                file.bytes(),
                file.sha256(),
                EntryDelivery.mediaType(file.name()),
                ExportPaths.self(id) + "/entries/" + path);
    }

    /** Which files are asked for. The cursor is opaque to callers; it says how many come before. */
    private record Page(int from, int limit) {
        private static final String VERSION = "entry:";

        static Page of(QueryParameters query) {
            int limit = query.value("limit").map(text -> limit(text, query)).orElse(USUAL);
            int from = query.value("cursor").map(text -> from(text, query)).orElse(0);
            query.check();
            return new Page(from, limit);
        }

        private static int limit(String text, QueryParameters query) {
            int limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
            if (limit < 1 || limit > MOST) {
                query.fault("limit", "must be an integer from 1 to " + MOST);
            }
            return limit;
        }

        private static int from(String text, QueryParameters query) {
            Optional<Integer> from = parse(text);
            if (from.isEmpty()) {
                query.fault("cursor", "is not a cursor of this list");
            }
            return from.orElse(0);
        }

        private static Optional<Integer> parse(String cursor) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
                String number = text.startsWith(VERSION) ? text.substring(VERSION.length()) : "";
                return number.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(number)) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        static String cursor(int from) {
            byte[] text = (VERSION + from).getBytes(StandardCharsets.US_ASCII);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
        }

        String next(ExportId id, String cursor) {
            return ExportPaths.self(id) + "/entries?limit=" + limit + "&cursor=" + cursor;
        }
    }
}
