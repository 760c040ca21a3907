package dev.windrow.api.audit;

import dev.windrow.api.request.QueryParameters;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.AuditLog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the audit is asked for.
 *
 * @param before the number of the last row that was shown; null for the first page
 */
record AuditPage(AuditLog.Filter filter, @Nullable Long before, int limit) {
    private static final int MOST = 200;
    private static final int USUAL = 50;
    /** Opaque to callers, so that it may mean something else one day. */
    private static final String VERSION = "1:";

    /** Reads the query; ends the request where it is wrong. */
    static AuditPage of(QueryParameters query) {
        int limit = query.value("limit").map(text -> limit(text, query)).orElse(USUAL);
        Long before = query.value("cursor").flatMap(text -> before(text, query)).orElse(null);
        Instant since =
                query.value("since").flatMap(text -> time("since", text, query)).orElse(null);
        Instant until =
                query.value("until").flatMap(text -> time("until", text, query)).orElse(null);
        Optional<String> action = query.value("action");
        if (action.isPresent() && Action.of(action.get()).isEmpty()) {
            String all = Arrays.stream(Action.values()).map(Action::id).collect(Collectors.joining(", "));
            query.fault("action", "must be one of " + all);
        }
        String principal = text("principal", query);
        String export = text("export", query);
        query.check();
        return new AuditPage(new AuditLog.Filter(principal, export, action.orElse(null), since, until), before, limit);
    }

    private static int limit(String text, QueryParameters query) {
        int limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            query.fault("limit", "must be an integer from 1 to " + MOST);
        }
        return limit;
    }

    private static Optional<Instant> time(String name, String text, QueryParameters query) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            // The table's unit, which has no room for every year that can be written.
            return Optional.of(Instant.ofEpochMilli(time.toEpochMilli()));
        } catch (DateTimeException | ArithmeticException e) {
            query.fault(name, "must be a time such as 2026-03-01T12:00:00Z");
            return Optional.empty();
        }
    }

    /** PostgreSQL takes no NUL. */
    private static @Nullable String text(String name, QueryParameters query) {
        Optional<String> text = query.value(name);
        if (text.filter(value -> value.indexOf('\0') >= 0).isPresent()) {
            query.fault(name, "must have no NUL");
        }
        return text.orElse(null);
    }

    static String cursor(long last) {
        byte[] text = (VERSION + last).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private static Optional<Long> before(String cursor, QueryParameters query) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (text.matches(VERSION + "[0-9]{1,18}")) {
                return Optional.of(Long.parseLong(text.substring(VERSION.length())));
            }
        } catch (IllegalArgumentException e) {
            // It is no cursor of ours either.
        }
        query.fault("cursor", "is not a cursor of this list");
        return Optional.empty();
    }

    /** The query of the next page. */
    String next(String cursor) {
        StringBuilder query = new StringBuilder("?limit=").append(limit);
        add(query, "principal", filter.principal());
        add(query, "export", filter.export());
        add(query, "action", filter.action());
        add(query, "since", filter.since());
        add(query, "until", filter.until());
        return query.append("&cursor=").append(cursor).toString();
    }

    private static void add(StringBuilder query, String name, @Nullable Object value) {
        if (value != null) {
            String text = URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
            query.append('&').append(name).append('=').append(text);
        }
    }
}
