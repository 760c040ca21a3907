package dev.windrow.api.status;

import dev.windrow.api.access.Caller;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.ExportPaths;
import dev.windrow.common.catalog.Rfc3339;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.State;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which exports are asked for.
 *
 * @param owner null for everybody's
 * @param asked what the request's query says, but for the cursor
 */
record Page(
        @Nullable String owner,
        Exports.Filter filter,
        @Nullable ExportId before,
        int limit,
        boolean total,
        Map<String, String> asked) {
    private static final int MOST = 200;
    private static final int USUAL = 50;
    private static final int LONGEST_TEXT = 200;
    private static final String EVERYBODY = "*";

    /** Ends the request where it asks for no list. */
    static Page of(QueryParameters query, Caller caller) {
        Optional<State> state = query.value("state").flatMap(id -> state(id, query));
        int limit = query.value("limit").map(text -> limit(text, query)).orElse(USUAL);
        Optional<ExportId> before = query.value("cursor").flatMap(text -> before(text, query));
        Optional<String> text = query.value("q");
        text.filter(words -> words.isEmpty() || words.length() > LONGEST_TEXT)
                .ifPresent(words -> query.fault("q", "must have 1 to " + LONGEST_TEXT + " characters"));
        String total = query.value("total").orElse("false");
        if (!total.equals("true") && !total.equals("false")) {
            query.fault("total", "must be true or false");
        }
        Exports.Filter filter = new Exports.Filter(
                state.orElse(null),
                query.value("dataset").orElse(null),
                text.orElse(null),
                moment("since", query),
                moment("until", query));
        String owner = query.value("owner").orElse(caller.name());
        query.check();
        return new Page(
                owner.equals(EVERYBODY) ? null : owner,
                filter,
                before.orElse(null),
                limit,
                total.equals("true"),
                asked(query, limit));
    }

    private static Map<String, String> asked(QueryParameters query, int limit) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("limit", Integer.toString(limit));
        for (String name : new String[] {"state", "dataset", "owner", "q", "since", "until", "total"}) {
            query.value(name).ifPresent(value -> asked.put(name, value));
        }
        return asked;
    }

    private static Optional<State> state(String id, QueryParameters query) {
        Optional<State> state =
                Arrays.stream(State.values()).filter(one -> one.id().equals(id)).findFirst();
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

    private static @Nullable Instant moment(String name, QueryParameters query) {
        String text = query.value(name).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            return Rfc3339.timestamp(text);
        } catch (DateTimeException e) {
            query.fault(name, "must be an RFC 3339 time with its offset, such as 2026-01-31T12:00:00Z");
            return null;
        }
    }

    /** The path of the next page. */
    String next(String cursor) {
        String query = asked.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return ExportPaths.EXPORTS + "?" + query + "&cursor=" + cursor;
    }
}
