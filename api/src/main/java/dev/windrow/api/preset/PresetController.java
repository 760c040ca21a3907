package dev.windrow.api.preset;

import dev.windrow.api.access.Caller;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.request.JsonRequest;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.request.StrictJson;
import dev.windrow.api.trail.Trail;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Saves presets, shows them and forgets them. */
@RestController
final class PresetController {
    private final SavedPresets saved;
    private final JsonAnswers json;

    PresetController(SavedPresets saved, JsonAnswers json) {
        this.saved = saved;
        this.json = json;
    }

    @GetMapping(path = PresetPaths.PRESETS, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> list(Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        return json.fresh(request, new PresetView.ListView(saved.list(caller), null));
    }

    @GetMapping(path = PresetPaths.PRESET, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> show(@PathVariable("name") String name, Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        return json.fresh(request, saved.show(name, caller));
    }

    /** The body is that of a start. {@code If-None-Match: *} leaves one of that name as it is. */
    @PutMapping(path = PresetPaths.PRESET, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> save(@PathVariable("name") String name, Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        boolean onlyNew = JsonAnswers.ifNoneMatch(request).stream()
                .anyMatch(line -> line.trim().equals("*"));
        SavedPresets.Saved done = saved.save(
                name, StrictJson.parse(JsonRequest.text(request)), onlyNew, caller, Trail.actor(caller, request));
        return ResponseEntity.status(done.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.write(done.preset()));
    }

    @DeleteMapping(PresetPaths.PRESET)
    ResponseEntity<Void> remove(@PathVariable("name") String name, Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        saved.remove(name, caller, Trail.actor(caller, request));
        return ResponseEntity.noContent().build();
    }
}
