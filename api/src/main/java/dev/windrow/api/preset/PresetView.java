package dev.windrow.api.preset;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.windrow.common.catalog.Fault;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A preset as its owner sees it.
 *
 * @param start JSON, as it was given
 * @param error why no export could be started by it now; null where one could
 */
record PresetView(
        String name,
        @JsonRawValue String start,
        Instant createdAt,
        Instant changedAt,
        @Nullable ErrorView error) {
    /** A problem (RFC 9457), as part of an answer that is not one itself. */
    record ErrorView(String type, String title, String detail, List<Fault> errors) {}

    /** A list is always whole: its length is bounded. */
    record ListView(List<PresetView> items, @Nullable String nextCursor) {}
}
