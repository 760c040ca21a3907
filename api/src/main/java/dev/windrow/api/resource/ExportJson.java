package dev.windrow.api.resource;

import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.resource.ExportView.Asked;
import dev.windrow.api.resource.ExportView.Doing;
import dev.windrow.api.resource.ExportView.EntryView;
import dev.windrow.api.resource.ExportView.ErrorView;
import dev.windrow.api.resource.ExportView.FileView;
import dev.windrow.api.resource.ExportView.PaceView;
import dev.windrow.api.resource.ExportView.ProgressView;
import dev.windrow.api.resource.ExportView.RowsView;
import dev.windrow.api.resource.ExportView.Times;
import dev.windrow.api.resource.ExportView.WarningView;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportId;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.export.Exports;
import dev.windrow.common.export.Failure;
import dev.windrow.common.export.State;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes an export as callers see it. Blocks for one statement where the export waits. Safe for use by many threads.
 */
public final class ExportJson {
    private final Exports exports;
    private final Clock clock;
    private final JsonAnswers json;

    public ExportJson(Exports exports, Clock clock, JsonAnswers json) {
        this.exports = exports;
        this.clock = clock;
        this.json = json;
    }

    /** The export as JSON in UTF-8. */
    public byte[] write(Export export) {
        return write(view(export));
    }

    public byte[] write(ExportView view) {
        return json.write(view);
    }

    /** What is left to say of an export that was deleted. */
    public byte[] deleted(ExportId id) {
        return json.write(new Deleted(id.toString(), "deleted"));
    }

    private record Deleted(String id, String state) {}

    /**
     * The export as it is. Its place in the queue is asked apart: where it has moved on between, it is read again,
     * since half of each would be a lie.
     */
    public ExportView view(Export export) {
        return view(new Exports.Listed(export, false), Map.of());
    }

    /** @param positions places in the queue that are known already; who is not among them is asked for */
    public ExportView view(Exports.Listed listed, Map<ExportId, Integer> positions) {
        Export export = listed.export();
        if (export.state() != State.QUEUED) {
            return view(listed, (Integer) null);
        }
        Integer known = positions.get(export.id());
        if (known != null) {
            return view(listed, known);
        }
        OptionalInt position = exports.queuePosition(export.id());
        if (position.isPresent()) {
            return view(listed, Integer.valueOf(position.getAsInt()));
        }
        Export now = exports.look(export.id(), export.owner()).orElse(export);
        Exports.Listed again = new Exports.Listed(now, listed.parametersOmitted());
        return now.state() == State.QUEUED ? view(again, (Integer) null) : view(again, Map.of());
    }

    private ExportView view(Exports.Listed listed, @Nullable Integer position) {
        Export export = listed.export();
        State state = state(export);
        return new ExportView(
                asked(listed),
                new Doing(
                        state.id(),
                        progress(export, position),
                        export.owner(),
                        warnings(export, state),
                        export.attempt()),
                times(export),
                file(export, state),
                error(export, state),
                links(export, state));
    }

    private static Asked asked(Exports.Listed listed) {
        Export export = listed.export();
        ExportRequest request = export.request();
        return new Asked(
                export.id().toString(),
                request.dataset(),
                request.format().id(),
                listed.parametersOmitted() ? null : request.parameters(),
                listed.parametersOmitted() ? Boolean.TRUE : null,
                request.columns(),
                request.options().shown(request.format()));
    }

    private static Times times(Export export) {
        return new Times(
                export.run().cutoff() == null ? null : export.run().cutoff().asOf(),
                export.times().created(),
                export.times().started(),
                export.times().finished(),
                export.times().expires());
    }

    /** The state that callers see: a file's time is over when the clock says so, not when a sweep comes by. */
    public State state(Export export) {
        return export.isExpired(clock.instant()) ? State.EXPIRED : export.state();
    }

    private ProgressView progress(Export export, @Nullable Integer position) {
        Instant now = clock.instant();
        LiveFigures live = new LiveFigures(export, now);
        return new ProgressView(
                live.phase().id(),
                position,
                new RowsView(export.progress().rowsWritten(), live.rowsTotal(), live.percent()),
                export.progress().bytesWritten(),
                new PaceView(live.rowsPerSecond(), live.remainingSeconds(), live.stalled()),
                Waiting.view(export, position, now),
                export.progress().resumedFromRow());
    }

    /** Those of an archive that is still to be published may yet be others. */
    private static List<WarningView> warnings(Export export, State state) {
        return state == State.COMPLETED || state == State.EXPIRED
                ? export.outcome().warnings().stream()
                        .map(warning -> new WarningView(warning.type().id(), warning.detail()))
                        .toList()
                : List.of();
    }

    private static @Nullable FileView file(Export export, State state) {
        Artifact artifact = export.artifact();
        if (state != State.COMPLETED || artifact == null) {
            return null;
        }
        return new FileView(
                export.request().fileName(),
                artifact.mediaType(),
                artifact.bytes(),
                artifact.sha256(),
                ExportPaths.file(export.id()),
                artifact.entries().stream()
                        .map(entry -> new EntryView(entry.name(), entry.rows(), entry.bytes()))
                        .toList(),
                artifact.entriesTotal());
    }

    /**
     * A failure that a run has left behind is no longer shown once the next run goes; that of a file is why it expired
     * early.
     */
    private static @Nullable ErrorView error(Export export, State state) {
        Failure failure = export.outcome().failure();
        boolean shown = state == State.FAILED || state == State.QUEUED || state == State.EXPIRED;
        return failure == null || !shown
                ? null
                : new ErrorView(
                        ProblemType.uri(failure.code().id()), failure.code().title(), failure.detail());
    }

    private static Map<String, String> links(Export export, State state) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", ExportPaths.self(export.id()));
        if (state.isActive()) {
            links.put("events", ExportPaths.events(export.id()));
            links.put("cancel", ExportPaths.cancel(export.id()));
        }
        if (state.next().contains(State.QUEUED) && state != State.RUNNING) {
            links.put("retry", ExportPaths.retry(export.id()));
        }
        if (state == State.COMPLETED) {
            links.put("file", ExportPaths.file(export.id()));
        }
        return links;
    }
}
