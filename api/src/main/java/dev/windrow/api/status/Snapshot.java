package dev.windrow.api.status;

import dev.windrow.api.http.EntityTags;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.resource.ExportJson;
import dev.windrow.api.resource.ExportView;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.State;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** An export as it is at one moment, ready to be sent. Immutable. */
final class Snapshot {
    private static final String RETRY_SECONDS = "1";

    private final byte[] body;
    private final String tag;
    private final boolean active;

    Snapshot(Export export, ExportJson json) {
        this(export, Map.of(), json);
    }

    /** @param positions places in the queue that are known already */
    Snapshot(Export export, Map<ExportId, Integer> positions, ExportJson json) {
        ExportView view = json.view(new Exports.Listed(export, false), positions);
        this.body = json.write(view);
        this.tag = EntityTags.strong(body);
        this.active = State.of(view.state()).isActive();
    }

    /** The export as JSON in UTF-8. Not to be changed. */
    byte[] body() {
        return body;
    }

    /** Of exactly this body. */
    String tag() {
        return tag;
    }

    boolean isActive() {
        return active;
    }

    /** Whether an answer should be held: the export may still change, and the caller has seen it like this. */
    boolean isWorthWaiting(List<String> ifNoneMatch) {
        return active && (ifNoneMatch.isEmpty() || EntityTags.matchesWeakly(ifNoneMatch, tag));
    }

    /** Whether somebody who waits since that snapshot has waited long enough. */
    boolean endsWait(Snapshot arrival, List<String> ifNoneMatch) {
        boolean same = ifNoneMatch.isEmpty() ? tag.equals(arrival.tag) : EntityTags.matchesWeakly(ifNoneMatch, tag);
        return !active || !same;
    }

    /** The answer: 200, or 304 to those who have it. */
    ResponseEntity<byte[]> answer(List<String> ifNoneMatch, OptionalInt waited) {
        HttpHeaders headers = new HttpHeaders();
        if (active) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        waited.ifPresent(seconds -> headers.set("Preference-Applied", "wait=" + seconds));
        return JsonAnswers.fresh(body, tag, ifNoneMatch, headers);
    }
}
