package dev.windrow.api.start;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.launch.Launches;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.IdempotencyKeys;
import dev.windrow.common.outbox.Target;
import dev.windrow.common.trace.Activity;
import dev.windrow.common.trace.Detail;
import dev.windrow.common.trace.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts exports by the bodies of starts, whoever has taken them in. Safe for use by many threads. */
final class Launcher implements Launches {
    private static final Logger log = LoggerFactory.getLogger(Launcher.class);

    private final Datasets datasets;
    private final SubjectCheck subjects;
    private final Starter starter;
    private final StoredStarts starts;
    private final Traces traces;
    private final RepeatedStarts repeated;
    private final Rehearsal rehearsal;

    Launcher(
            Datasets datasets,
            SubjectCheck subjects,
            Starter starter,
            StoredStarts starts,
            Traces traces,
            RepeatedStarts repeated,
            Rehearsal rehearsal) {
        this.repeated = repeated;
        this.rehearsal = rehearsal;
        this.datasets = datasets;
        this.subjects = subjects;
        this.starter = starter;
        this.starts = starts;
        this.traces = traces;
    }

    @Override
    public void check(Caller caller, Map<String, @Nullable Object> body) {
        var unused = checked(caller, body);
    }

    private StartCheck.Checked checked(Caller caller, @Nullable Object body) {
        return checked(caller, StartRequest.of(body));
    }

    private StartCheck.Checked checked(Caller caller, StartRequest request) {
        return starter.check(datasets.of(caller, request.dataset()), request, caller);
    }

    @Override
    public byte[] rehearse(Caller caller, @Nullable Object body) {
        StartCheck.Checked checked = checked(caller, body);
        return rehearsal.of(checked.granted().dataset(), checked, caller.name());
    }

    @Override
    public <T> T start(Caller caller, @Nullable Object body, Asking asking, Function<Started, T> shown) {
        StartRequest request = StartRequest.of(body);
        Start start = new Start(checked(caller, request), caller, request.maxAge(), asking.actor());
        String key = asking.key();
        return key == null
                ? begin(start, null, shown)
                : repeated.alone(caller.name(), key, () -> keyed(start, key, shown));
    }

    private record Start(
            StartCheck.Checked checked,
            Caller caller,
            @Nullable Duration maxAge,
            Actor actor) {}

    private <T> T keyed(Start start, String value, Function<Started, T> shown) {
        IdempotencyKeys.Key key = new IdempotencyKeys.Key(
                value,
                CanonicalForm.digest(
                        start.checked().said(),
                        start.checked().granted().dataset(),
                        start.maxAge(),
                        start.checked().tell()));
        Optional<Export> earlier = repeated.earlier(start.caller().name(), key);
        return earlier.isPresent() ? shown.apply(new Started(earlier.get(), Way.REPLAYED)) : begin(start, key, shown);
    }

    private <T> T begin(Start start, IdempotencyKeys.@Nullable Key key, Function<Started, T> shown) {
        StartCheck.Checked checked = start.checked();
        Caller caller = start.caller();
        // An export of more rows than the caller may have now is none that answers, nor one that ended long ago where
        // somebody is to be told of the end.
        if (start.maxAge() != null
                && checked.tell().isEmpty()
                && caller.rights().terms().maxRows() == null) {
            Optional<Export> recent = repeated.recent(caller.name(), checked, start.maxAge());
            if (recent.isPresent()) {
                return shown.apply(new Started(recent.get(), Way.RECENT));
            }
        }
        Optional<Export> started = starter.start(checked.granted().dataset(), checked, caller, key, start.actor());
        if (started.isEmpty() && key != null) {
            // Another process has used the key since we looked.
            Export earlier = repeated.earlier(caller.name(), key).orElseThrow(RepeatedStarts::inUse);
            return shown.apply(new Started(earlier, Way.REPLAYED));
        }
        Export queued = started.orElseThrow();
        T answer = shown.apply(new Started(queued, Way.NEW));
        starter.ring(queued.id());
        return answer;
    }

    @Override
    public Launch prepare(Caller caller, Map<String, @Nullable Object> body) {
        StartCheck.Checked checked = checked(caller, body);
        // Whoever prepares has few threads for it, so they need no places among those of requests.
        subjects.ask(checked.granted().dataset(), checked.parameters());
        starter.checkRoom(checked.request().dataset());
        return new Prepared(starter.queued(checked, caller), checked.tell(), caller);
    }

    /** One that is ready. */
    private final class Prepared implements Launch {
        private final Export export;
        private final List<Target> tell;
        private final Caller caller;

        Prepared(Export export, List<Target> tell, Caller caller) {
            this.export = export;
            this.tell = tell;
            this.caller = caller;
        }

        @Override
        public String export() {
            return export.id().toString();
        }

        @Override
        public void store(Actor actor) {
            try (Traces.Span span = traces.begin(Activity.SCHEDULE);
                    Traces.Scope ignored = span.enter()) {
                span.note(Detail.EXPORT, export.id().toString())
                        .note(Detail.DATASET, export.request().dataset());
                var unused = starts.add(export, tell, caller, null, actor);
            }
        }

        @Override
        public void ring() {
            log.info("export {} of {} queued", export.id(), export.request().dataset());
            starter.ring(export.id());
        }
    }
}
