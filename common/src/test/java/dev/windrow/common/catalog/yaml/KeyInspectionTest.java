package dev.windrow.common.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyInspectionTest {
    private static final String CATALOG = """
            sources:
              plant: { url: "jdbc:sqlite:sensors.db" }
            datasets:
              sensors:
                source: plant
                formats: [csv]
                parameters:
                  from: { type: integer, default: 0 }
                  code: { type: string }
                  owner: { type: string, required: true }
                subject: { query: "select 1 where :owner is not null", notFound: Nobody }
                files:
                  - name: sensors
                    query: select sensor_id, name as json from sensors where :from is not null and :code is not null
                    key: [sensor_id]
            """;

    @TempDir
    Path temporary;

    private CatalogFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new CatalogFolder(temporary);
    }

    @Test
    void isSilentAboutAKeyThatIsAsItShouldBe() throws InvalidCatalogException {
        folder.file("windrow.yaml", CATALOG);
        assertThat(folder.warnings("windrow.yaml")).isEmpty();
        assertThat(folder.notes("windrow.yaml")).isEmpty();
    }

    @Test
    void refusesAKeyByWhichTheSourceDoesNotRead() {
        folder.file("windrow.yaml", CATALOG.replace("[sensor_id]", "[sensor_id, json]"));
        assertThat(folder.problems("windrow.yaml"))
                .containsExactly("windrow.yaml:15: dataset sensors, file sensors: the key's json has no order");
    }

    @Test
    void warnsOfAKeyThatAWindowFunctionMakesUnlessTheDatasetIsASnapshot() throws InvalidCatalogException {
        String numbered =
                CATALOG.replace("select sensor_id,", "select row_number() over (order by sensor_id) as sensor_id,");
        folder.file("windrow.yaml", numbered);
        assertThat(folder.warnings("windrow.yaml"))
                .contains(
                        "windrow.yaml:15: dataset sensors, file sensors: the key's sensor_id is made by a window function,"
                                + " and moves when rows come before it; write consistency: snapshot, or take a column of the rows");
        folder.file("windrow.yaml", numbered.replace("formats: [csv]", "formats: [csv]\n    consistency: snapshot"));
        assertThat(folder.warnings("windrow.yaml")).noneMatch(warning -> warning.contains("window function"));
    }

    @Test
    void tellsHowTheSourceReads() throws InvalidCatalogException {
        folder.file("windrow.yaml", CATALOG.replace("is not null\n", "is not null order by 1\n"));
        assertThat(folder.warnings("windrow.yaml"))
                .containsExactly("windrow.yaml:15: dataset sensors, file sensors: sorts all rows");
        assertThat(folder.notes("windrow.yaml"))
                .containsExactly("windrow.yaml:15: dataset sensors, file sensors: of one table");
    }
}
