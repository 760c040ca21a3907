package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogSecretsTest {
    private static final String REST = """
            datasets:
              sensors:
                source: plant
                formats: [csv]
                files:
                  - { name: sensors, query: "select 'hunter2' as a, 'hunter2' as a from hunter2", key: [hunter] }
            """;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ url: 'jdbc:nowhere://ann:hunter2@host/db' }",
                "{ url: 'jdbc:nowhere:db?password=hunter2' }",
                "{ url: 'jdbc:postgresql://ann:hunter2@host/db' }",
                "{ url: 'jdbc:postgresql://host:x/db?password=hunter2' }",
                "{ url: 'jdbc:postgresql://host/db?password=a%hunter2' }",
                "{ url: 'jdbc:postgresql://host/db?password=a&hunter2' }",
                "{ url: 'jdbc:postgresql://host/db?socketFactory=hunter2' }",
                "{ url: 'jdbc:postgresql://127.0.0.1:1/db?sslpassword=hunter2&connectTimeout=1' }",
                "{ url: 'jdbc:postgresql://host/db?${SECRET}=1' }",
                "{ url: 'jdbc:postgresql://host/db?options=hunter2' }",
                "{ url: 'jdbc:sqlite:sensors.db?hunter2' }",
                "{ url: 'jdbc:sqlite:sensors.db?date_class=hunter2%' }",
                "{ url: '${SECRET}' }",
                "{ url: 'jdbc:sqlite:${SECRET}' }",
                "{ url: 'jdbc:nowhere:${SECRET}' }",
                "{ url: 'jdbc:sqlite:gone.db?password=hunter2' }",
                "{ url: 'jdbc:sqlite:gone.db', password: '${hunter2' }",
                "{ url: 'jdbc:sqlite:gone.db', password: [hunter2] }",
                "{ url: 'jdbc:sqlite:gone.db', password: *hunter2 }",
                "{ url: 'jdbc:sqlite:gone.db', password: !hunter2 x }",
                "{ url: 'jdbc:sqlite:gone.db', password: !hunter2!x y }",
                "{ url: 'jdbc:sqlite:gone.db', password: %hunter2 }",
                "{ url: 'jdbc:sqlite:gone.db', password: @hunter2 }",
                "{ url: 'jdbc:sqlite:gone.db', password: \"hunter2\\q\" }",
                "{ url: 'jdbc:sqlite:gone.db', password: x, hunter2 }",
                "hunter2",
            })
    void neverShowsASecret(String source) {
        CatalogFolder folder = new CatalogFolder(temporary).variable("SECRET", "hunter2");
        folder.file("windrow.yaml", "sources:\n  plant: " + source + "\n");

        assertThat(folder.problems("windrow.yaml")).isNotEmpty().noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void takesSecretsOutOfTheSourcesOwnWords() {
        CatalogFolder folder = new CatalogFolder(temporary).variable("SECRET", "hunter2");
        folder.file(
                "windrow.yaml", "sources:\n  plant: { url: 'jdbc:sqlite:sensors.db', password: '${SECRET}' }\n" + REST);

        assertThat(folder.problems("windrow.yaml"))
                .containsExactly(
                        "windrow.yaml:8: dataset sensors, file sensors: the source refuses the query: [SQLITE_ERROR]"
                                + " SQL error or missing database (no such table: ***); correct the query");
    }
}
