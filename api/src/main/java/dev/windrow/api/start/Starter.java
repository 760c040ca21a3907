package dev.windrow.api.start;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.common.access.Grant;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportQueue;
import dev.windrow.common.export.IdempotencyKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;

/** Makes a checked start durable, and wakes a worker for it. Safe for use by many threads. */
final class Starter {
    private static final Logger log = LoggerFactory.getLogger(Starter.class);

    private final SubjectCheck subjects;
    private final StoredStarts starts;
    private final ExportQueue queue;
    private final Clock clock;
    private final Supplier<ExportId> ids;
    private final Admission admission;
    private final Telling telling;

    Starter(
            SubjectCheck subjects,
            StoredStarts starts,
            ExportQueue queue,
            Clock clock,
            Supplier<ExportId> ids,
            Admission admission,
            Telling telling) {
        this.subjects = subjects;
        this.starts = starts;
        this.queue = queue;
        this.clock = clock;
        this.ids = ids;
        this.admission = admission;
        this.telling = telling;
    }

    /** What is to be exported; a start that does not fit ends the request. */
    StartCheck.Checked check(Datasets.Granted granted, StartRequest asked, Caller caller) {
        return StartCheck.check(granted, asked, caller, telling, clock.instant());
    }

    /**
     * Stores the export, once its subject is found to exist, and counts it; ends the request where the caller has as
     * much as is allowed. When this returns it survives anything.
     *
     * @param key null for a start without one
     * @param actor who starts it, for the audit
     * @return empty when somebody else has used the key meanwhile
     */
    Optional<Export> start(
            Dataset dataset,
            StartCheck.Checked checked,
            Caller caller,
            IdempotencyKeys.@Nullable Key key,
            Actor actor) {
        subjects.check(dataset, checked.parameters(), caller.name());
        admission.admit(dataset.name());
        Export export = queued(checked, caller);
        Optional<Export> started = starts.add(export, checked.tell(), caller, key, actor);
        if (started.isPresent()) {
            log.info("export {} of {} queued", export.id(), dataset.name());
        }
        return started;
    }

    /** A new export, which is not stored yet. */
    Export queued(StartCheck.Checked checked, Caller caller) {
        return Export.queued(
                ids.get(),
                new Export.Holder(caller.name(), checked.granted().grant()),
                checked.request(),
                clock.instant());
    }

    /**
     * Queues an ended export again, as {@link #start} does a new one.
     *
     * @return false: it is in another state by now, or gone
     */
    boolean again(Export seen, Grant grant, Caller caller, Instant now, Actor actor) {
        return starts.again(seen, grant, caller, now, actor);
    }

    /** The answer to a start of the caller, or to its refusal, with what is left of the limits. */
    ResponseEntity<byte[]> told(Caller caller, Supplier<ResponseEntity<byte[]>> answer) {
        return starts.told(caller, answer);
    }

    /** Ends the request unless there is room for one more archive of the dataset. */
    void checkRoom(String dataset) {
        admission.admit(dataset);
    }

    /** Wakes a worker. */
    void ring(ExportId id) {
        queue.ring(id);
    }
}
