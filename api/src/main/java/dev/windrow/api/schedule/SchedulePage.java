package dev.windrow.api.schedule;

import dev.windrow.api.request.QueryParameters;
import dev.windrow.common.schedule.Schedule;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which schedules a list shows. The cursor is opaque to callers; it names the last one before.
 *
 * @param owner null for everybody's
 * @param asked the owner as the query named it
 */
record SchedulePage(@Nullable String owner, String asked, Schedule.@Nullable Identity after, int limit) {
    private static final int MOST = 200;
    private static final int USUAL = 50;
    private static final String VERSION = "schedule:";

    /** Ends the request where it asks for no list. */
    static SchedulePage of(QueryParameters query, String owner) {
        int limit = query.value("limit").map(text -> limit(text, query)).orElse(USUAL);
        Optional<Schedule.Identity> after = query.value("cursor").flatMap(text -> after(text, query));
        query.check();
        return new SchedulePage(owner.equals(OwnSchedules.EVERYBODY) ? null : owner, owner, after.orElse(null), limit);
    }

    private static int limit(String text, QueryParameters query) {
        int limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            query.fault("limit", "must be an integer from 1 to " + MOST);
        }
        return limit;
    }

    private static Optional<Schedule.Identity> after(String text, QueryParameters query) {
        Optional<Schedule.Identity> after = parse(text);
        if (after.isEmpty()) {
            query.fault("cursor", "is not a cursor of this list");
        }
        return after;
    }

    private static Optional<Schedule.Identity> parse(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int slash = text.indexOf('/');
            return text.startsWith(VERSION) && slash > 0 && text.indexOf('\0') < 0
                    ? Optional.of(new Schedule.Identity(
                            "", text.substring(slash + 1), text.substring(VERSION.length(), slash)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The cursor of the page after that one. A name has no slash, an owner may. */
    static String cursor(Schedule last) {
        String text = VERSION + last.identity().name() + "/" + last.identity().owner();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The query of the next page. */
    String next(String cursor) {
        return "?limit=" + limit + "&owner=" + URLEncoder.encode(asked, StandardCharsets.UTF_8) + "&cursor=" + cursor;
    }
}
