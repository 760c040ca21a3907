package dev.windrow.api.resource;

import dev.windrow.api.access.Datasets;
import dev.windrow.api.access.Terms;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.ParameterSchema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dataset as a caller sees it: the JSON object of the HTTP API, field by field and in its order. */
public record DatasetView(
        String name,
        String title,
        @Nullable String description,
        List<String> formats,
        List<ColumnView> columns,
        Map<String, Object> parameters) {
    /**
     * A column that a start may choose.
     *
     * @param type null where nobody knows it any more
     */
    public record ColumnView(
            String name, @Nullable String type, @Nullable String title) {
        public static ColumnView of(Column column) {
            return new ColumnView(column.name(), column.type().id(), column.title());
        }
    }

    /** @param terms what a start may not choose is not there to choose from */
    public static DatasetView of(Datasets.Granted granted, Terms terms) {
        Dataset dataset = granted.dataset();
        return new DatasetView(
                dataset.name(),
                dataset.title(),
                dataset.description(),
                dataset.formats().stream()
                        .filter(terms::giveFormat)
                        .map(Format::id)
                        .toList(),
                granted.columns().stream()
                        .filter(column -> terms.giveColumn(column.name()))
                        .map(ColumnView::of)
                        .toList(),
                ParameterSchema.of(dataset));
    }
}
