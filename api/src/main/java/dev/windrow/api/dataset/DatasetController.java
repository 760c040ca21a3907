package dev.windrow.api.dataset;

import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Datasets;
import dev.windrow.api.http.JsonAnswers;
import dev.windrow.api.request.QueryParameters;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.ParameterSchema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
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
        List<DatasetView> items =
                datasets.all(caller).stream().map(DatasetView::of).toList();
        return json.fresh(request, new ListView(items, null));
    }

    @GetMapping("/{dataset}")
    ResponseEntity<byte[]> one(@PathVariable("dataset") String name, Caller caller, HttpServletRequest request) {
        QueryParameters.none(request);
        return json.fresh(request, DatasetView.of(datasets.of(caller, name)));
    }

    /** A list is always whole: catalogs are written by people. */
    private record ListView(
            List<DatasetView> items, @Nullable String nextCursor) {}

    private record ColumnView(
            String name, String type, @Nullable String title) {
        static ColumnView of(Column column) {
            return new ColumnView(column.name(), column.type().id(), column.title());
        }
    }

    private record DatasetView(
            String name,
            String title,
            @Nullable String description,
            List<String> formats,
            List<ColumnView> columns,
            Map<String, Object> parameters) {
        static DatasetView of(Datasets.Granted granted) {
            Dataset dataset = granted.dataset();
            return new DatasetView(
                    dataset.name(),
                    dataset.title(),
                    dataset.description(),
                    dataset.formats().stream().map(Format::id).toList(),
                    granted.columns().stream().map(ColumnView::of).toList(),
                    ParameterSchema.of(dataset));
        }
    }
}
