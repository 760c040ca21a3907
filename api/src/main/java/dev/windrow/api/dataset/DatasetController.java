package dev.windrow.api.dataset;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.access.Terms;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.api.resource.DatasetView;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the datasets that the caller may export. */
@RestController
@RequestMapping(path = "/api/v1/datasets", produces = MediaType.APPLICATION_JSON_VALUE)
final class DatasetController {
    private final Datasets datasets;
    private final JsonAnswers json;

    DatasetController(Datasets datasets, JsonAnswers json) {
        this.datasets = datasets;
        this.json = json;
    }

    @GetMapping
    ResponseEntity<byte[]> list(Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        Terms terms = caller.rights().terms();
        List<DatasetView> items = datasets.all(caller).stream()
                .map(granted -> DatasetView.of(granted, terms))
                .toList();
        return json.fresh(request, new ListView(items, null));
    }

    @GetMapping("/{dataset}")
    ResponseEntity<byte[]> one(@PathVariable("dataset") String name, Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        return json.fresh(
                request,
                DatasetView.of(datasets.of(caller, name), caller.rights().terms()));
    }

    /** A list is always whole: catalogs are written by people. */
    private record ListView(
            List<DatasetView> items, @Nullable String nextCursor) {}
}
