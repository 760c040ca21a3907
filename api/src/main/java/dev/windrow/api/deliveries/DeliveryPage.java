package dev.windrow.api.deliveries;

import dev.windrow.api.request.QueryParameters;
import dev.windrow.common.outbox.Deliveries.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list of messages is asked for.
 *
 * @param after where the page before ended; null for the first
 */
record DeliveryPage(@Nullable Place after, int limit) {
    static final Set<String> KNOWN = Set.of("limit", "cursor");

    private static final int MOST = 200;
    private static final int USUAL = 50;
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18}):(msg_[0-9a-f]{32})");

    /**
     * Reads the query; ends the request where it is wrong.
     *
     * @param version what cursors of this list begin with, so that those of another are none of it
     */
    static DeliveryPage of(QueryParameters query, String version) {
        int limit = query.value("limit").map(text -> limit(text, query)).orElse(USUAL);
        Place after = query.value("cursor")
                .flatMap(text -> place(text, version, query))
                .orElse(null);
        query.check();
        return new DeliveryPage(after, limit);
    }

    private static int limit(String text, QueryParameters query) {
        int limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            query.fault("limit", "must be an integer from 1 to " + MOST);
        }
        return limit;
    }

    static String cursor(Place last, String version) {
        byte[] text = (version + last.number() + ':' + last.id()).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    private static Optional<Place> place(String cursor, String version, QueryParameters query) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            Matcher parts = CURSOR.matcher(text).region(Math.min(version.length(), text.length()), text.length());
            if (text.startsWith(version) && parts.matches()) {
                return Optional.of(new Place(Long.parseLong(parts.group(1)), parts.group(2)));
            }
        } catch (IllegalArgumentException e) {
            // It is no cursor of ours either.
        }
        query.fault("cursor", "is not a cursor of this list");
        return Optional.empty();
    }
}
