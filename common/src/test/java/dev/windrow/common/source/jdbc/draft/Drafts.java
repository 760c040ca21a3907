package dev.windrow.common.source.jdbc.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Catalog;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import dev.windrow.common.catalog.yaml.CatalogLoader;
import dev.windrow.common.catalog.yaml.InvalidCatalogException;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drafts a catalog and loads it, as a start would. */
final class Drafts {
    private static final List<Format> FORMATS = List.of(Format.CSV, Format.JSON);

    private Drafts() {}

    static DraftedSource source(String url, Path folder) {
        return DraftedSource.of(url, folder, Map.<String, String>of()::get);
    }

    /** A draft that a start would take. */
    static CatalogDraft sound(String url, Path folder) throws InspectionException {
        try (SourceConnections connections = new SourceConnections()) {
            DraftedSource source = source(url, folder);
            CatalogDraft draft = new CatalogDrafter(connections, FORMATS).draft(source);
            assertThat(load(draft, source, folder, connections).datasets())
                    .extracting(dataset -> dataset.name())
                    .containsExactlyElementsOf(draft.datasets());
            return draft;
        }
    }

    static Catalog load(CatalogDraft draft, DraftedSource source, Path folder, SourceConnections connections) {
        try {
            Path file = Files.writeString(folder.resolve("catalog.yaml"), draft.text());
            Set<Format> formats = Set.copyOf(FORMATS);
            return new CatalogLoader(new JdbcSourceInspector(connections), source.secrets()::get, formats)
                    .load(file)
                    .catalog();
        } catch (InvalidCatalogException | IOException e) {
            throw new AssertionError(draft.text(), e);
        }
    }

    static String line(Collection<String> lines, String begin) {
        return lines.stream().filter(line -> line.startsWith(begin)).findFirst().orElse("");
    }
}
