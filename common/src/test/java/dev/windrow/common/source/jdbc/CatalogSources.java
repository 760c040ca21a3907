package dev.windrow.common.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.yaml.CatalogLoader;
import dev.windrow.common.catalog.yaml.InvalidCatalogException;
import dev.windrow.common.source.jdbc.connect.SourceConnections;
import dev.windrow.common.source.jdbc.inspect.JdbcSourceInspector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Catalogs of one file against a live database, by the inspector that the product has. */
record CatalogSources(Path folder, TestDatabase database) {
    /** The dataset of one file, with one line for each of its columns that the catalog says something of. */
    Dataset load(String query, String key, String... columns) throws InvalidCatalogException, IOException {
        try (SourceConnections connections = new SourceConnections()) {
            return new CatalogLoader(new JdbcSourceInspector(connections), variables()::get, Set.of(Format.CSV))
                    .load(write(query, key, columns))
                    .catalog()
                    .datasets()
                    .iterator()
                    .next();
        }
    }

    /** What is wrong with it, without the path of its file. */
    List<String> problems(String query, String key, String... columns) {
        InvalidCatalogException invalid =
                catchThrowableOfType(InvalidCatalogException.class, () -> load(query, key, columns));
        assertThat(invalid).as(query).isNotNull();
        return invalid.problems().stream()
                .map(problem -> problem.replace(folder + "/", ""))
                .toList();
    }

    private Map<String, String> variables() {
        return Map.of("URL", database.source().url());
    }

    private Path write(String query, String key, String... columns) throws IOException {
        String text = """
                sources:
                  plant: { url: "${URL}", username: postgres, password: postgres }
                datasets:
                  d:
                    source: plant
                    formats: [csv]
                    files:
                      - name: f
                        query: %s
                        key: [%s]
                """.replaceFirst("%s", query).replaceFirst("%s", key);
        String said = columns.length == 0
                ? ""
                : "        columns:\n          - { " + String.join(" }\n          - { ", columns);
        return Files.writeString(folder.resolve("catalog.yaml"), text + said + (columns.length == 0 ? "" : " }\n"));
    }
}
