package dev.windrow.worker.run;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.BoundParameters.InvalidParametersException;
import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.ParameterBinder;
import dev.windrow.common.export.Export;
import dev.windrow.common.export.ExportRequest;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.SourceException;
import java.util.ArrayList;
import java.util.List;

/** What an export reads and what its files are called, worked out from its request and the catalog of today. */
record ExportPlan(Dataset dataset, List<Part> parts) {
    /** One file of the archive and where its rows come from. */
    record Part(String entryName, RowSelection selection) {
        int batchRows() {
            return selection.file().batchRows();
        }
    }

    /** @throws SourceException when the catalog was changed since the export was started, so that the request fits it no more */
    static ExportPlan of(Export export, Catalog catalog) throws SourceException {
        ExportRequest request = export.request();
        Dataset dataset = catalog.find(request.dataset())
                .orElseThrow(() -> changed("The dataset " + request.dataset() + " is no longer in the catalog"));
        BoundParameters parameters;
        try {
            parameters = ParameterBinder.bind(dataset, request.parameters(), export.owner());
        } catch (InvalidParametersException e) {
            throw changed("The parameters no longer fit the dataset");
        }
        List<Part> parts = new ArrayList<>();
        for (DatasetFile file : dataset.files()) {
            List<Column> columns = parts.isEmpty() ? chosen(dataset, request.columns()) : file.columns();
            parts.add(new Part(
                    file.name() + "." + request.format().id(),
                    new RowSelection(dataset.source(), file, columns, parameters)));
        }
        return new ExportPlan(dataset, List.copyOf(parts));
    }

    private static List<Column> chosen(Dataset dataset, List<String> names) throws SourceException {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(
                    dataset.column(name).orElseThrow(() -> changed("The dataset has no column " + name + " any more")));
        }
        return columns;
    }

    private static SourceException changed(String detail) {
        return new SourceException(SourceException.Kind.QUERY, detail);
    }
}
