package dev.windrow.benchmarks.stretches;

import dev.windrow.common.catalog.BoundParameters;
import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.Source;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.SourceInspector.Remark;
import dev.windrow.common.source.RowSelection;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One file to be made. Immutable. */
public record Input(String name, RowSelection selection, List<Parameter> parameters, Format format) {
    private static final int FETCH = 1_000;

    /** What is asked of a source. */
    record Query(String sql, List<KeyPart> key, List<Parameter> parameters, BoundParameters bound) {
        static Query plain(String sql, KeyPart... key) {
            return new Query(sql, List.of(key), List.of(), new BoundParameters(Map.of(), Map.of()));
        }
    }

    static Input of(String name, Source source, Query query, Format format) throws IOException {
        try (SourceConnections connections = new SourceConnections()) {
            List<Column> columns = new JdbcSourceInspector(connections).describe(source, query.sql, query.parameters);
            DatasetFile file = new DatasetFile("facts", query.sql, query.key, columns, FETCH);
            return new Input(name, new RowSelection(source, file, columns, query.bound), query.parameters, format);
        } catch (InspectionException e) {
            throw new IOException(e);
        }
    }

    String entryName() {
        return "facts." + format.id();
    }

    /**
     * Why the file can't be made in stretches, by what {@code check-catalog} knows; empty where it can. Only what is
     * known to enter an index can: no verdict is a no.
     */
    public Optional<String> refusal() throws IOException {
        if (format == Format.XLSX) {
            return Optional.of("where a workbook is full depends on all rows before");
        }
        try (SourceConnections connections = new SourceConnections()) {
            JdbcSourceInspector inspector = new JdbcSourceInspector(connections);
            DatasetFile file = selection.file();
            List<String> moving = inspector.movingKeys(selection.source(), file.query(), parameters, file.key());
            if (!moving.isEmpty()) {
                return Optional.of("the key's " + String.join(", ", moving) + " moves");
            }
            List<String> remarks = inspector.remarks(selection.source(), file.query(), parameters, file.key()).stream()
                    .map(Remark::text)
                    .filter(text -> text.contains(" at each of its entries") || text.contains("enter"))
                    .toList();
            boolean entered = remarks.stream().anyMatch(text -> text.contains("an index at the position"));
            return entered
                    ? Optional.empty()
                    : Optional.of(remarks.isEmpty() ? "nothing is known of the plan" : remarks.get(0));
        } catch (InspectionException e) {
            throw new IOException(e);
        }
    }
}
