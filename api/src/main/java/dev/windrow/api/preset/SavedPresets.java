package dev.windrow.api.preset;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.launch.Launches;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.api.request.StrictJson;
import dev.windrow.api.trail.Trail;
import dev.windrow.common.audit.Action;
import dev.windrow.common.audit.Actor;
import dev.windrow.common.audit.Amount;
import dev.windrow.common.audit.Subject;
import dev.windrow.common.catalog.Fault;
import dev.windrow.common.preset.Preset;
import dev.windrow.common.preset.Presets;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The presets that a caller reaches: the caller's own, of datasets that the credentials are for. Thread-safe. */
final class SavedPresets {
    private static final int MOST = 100;

    private final Presets presets;
    private final Launches launches;
    private final Trail trail;
    private final JsonAnswers json;
    private final Clock clock;

    SavedPresets(Presets presets, Launches launches, Trail trail, JsonAnswers json, Clock clock) {
        this.presets = presets;
        this.launches = launches;
        this.trail = trail;
        this.json = json;
        this.clock = clock;
    }

    /** By their names, as they may be started now. */
    List<PresetView> list(Caller caller) {
        requireOwn(caller);
        return presets.list(caller.name()).stream()
                .filter(preset -> isFor(caller, preset))
                .sorted(Comparator.comparing(Preset::name))
                .map(preset -> view(preset, caller))
                .toList();
    }

    /** The caller's preset of that name; ends the request where there is none. */
    PresetView show(String name, Caller caller) {
        return view(of(name, caller), caller);
    }

    private Preset of(String name, Caller caller) {
        requireOwn(caller);
        Optional<Preset> found = PresetName.isName(name) ? presets.find(caller.name(), name) : Optional.empty();
        return found.filter(preset -> isFor(caller, preset)).orElseThrow(SavedPresets::none);
    }

    /**
     * What came of a save.
     *
     * @param isNew whether there was none of that name
     */
    record Saved(PresetView preset, boolean isNew) {}

    /**
     * Saves a body under a name; ends the request where no export could be started by it, and where the caller has as
     * many as is allowed.
     *
     * @param onlyNew whether one of that name is to stay as it is
     */
    Saved save(String name, @Nullable Object body, boolean onlyNew, Caller caller, Actor actor) {
        requireOwn(caller);
        if (!PresetName.isName(name)) {
            String detail = "The preset's name " + PresetName.RULE + ".";
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETERS, detail, List.of(new Fault("/name", PresetName.RULE)));
        }
        Map<String, @Nullable Object> start = start(body);
        launches.check(caller, start);
        Instant now = clock.instant();
        String written = new String(json.write(start), StandardCharsets.UTF_8);
        Preset preset = new Preset(caller.name(), name, String.valueOf(start.get("dataset")), written, now, now);
        boolean isNew = trail.changeOf(
                actor,
                Action.PRESET,
                () -> put(preset, onlyNew, caller),
                added -> Optional.of(note(preset, added ? "created" : "changed")));
        return new Saved(show(name, caller), isNew);
    }

    private boolean put(Preset preset, boolean onlyNew, Caller caller) {
        if (presets.add(preset)) {
            if (presets.count(preset.owner()) > MOST) {
                throw new ProblemException(
                                ProblemType.QUOTA_EXCEEDED,
                                "A caller may have " + MOST + " presets; delete one that is not needed.")
                        .withNothingLeft("presets", "q=" + MOST, 60);
            }
            return true;
        }
        if (onlyNew) {
            throw new ProblemException(ProblemType.PRECONDITION_FAILED, "There is a preset of that name already.");
        }
        // Credentials that are not for the dataset of what is there must not take its place.
        Preset there = presets.find(preset.owner(), preset.name()).orElse(preset);
        if (!isFor(caller, there)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "A preset of that name is of a dataset that these credentials are not for.");
        }
        if (!presets.change(preset)) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "The preset was deleted by another request meanwhile.")
                    .withRetryAfter(1);
        }
        return false;
    }

    /** Forgets it, if it is there. */
    void remove(String name, Caller caller, Actor actor) {
        Preset preset = of(name, caller);
        boolean done = trail.changeOf(
                actor,
                Action.PRESET,
                () -> presets.remove(preset.owner(), preset.name()),
                won -> won ? Optional.of(note(preset, "deleted")) : Optional.empty());
        if (!done) {
            throw none();
        }
    }

    private PresetView view(Preset preset, Caller caller) {
        return new PresetView(preset.name(), preset.start(), preset.created(), preset.changed(), error(preset, caller));
    }

    private PresetView.@Nullable ErrorView error(Preset preset, Caller caller) {
        try {
            launches.check(caller, start(StrictJson.parse(preset.start())));
            return null;
        } catch (ProblemException e) {
            return new PresetView.ErrorView(e.type().uri(), e.type().title(), e.detail(), e.faults());
        }
    }

    private static Map<String, @Nullable Object> start(@Nullable Object body) {
        if (!(body instanceof Map<?, ?> fields)) {
            String detail = "must be a JSON object: the body of a start";
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "The body " + detail + ".", List.of(new Fault("", detail)));
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return Collections.unmodifiableMap(copy);
    }

    /** A token that was made for minutes leaves nothing behind. */
    private static void requireOwn(Caller caller) {
        if (caller.credential().kind() == Credential.Kind.MINTED) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Presets are for callers with an API key or a token of an issuer, not with one that was made for a"
                            + " page.");
        }
    }

    private static boolean isFor(Caller caller, Preset preset) {
        return caller.rights().isFor(preset.dataset());
    }

    private static Trail.Note note(Preset preset, String outcome) {
        return new Trail.Note(new Subject(null, preset.dataset(), null), Amount.preset(preset.name()), outcome);
    }

    private static ProblemException none() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such preset.");
    }
}
