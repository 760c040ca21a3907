package dev.windrow.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digests were computed by another program from databases that it had built itself of the same data. */
class SampleDatabaseIT {
    @TempDir
    static Path folder;

    @ParameterizedTest
    @CsvSource({
        "sensors,readings,1 2,162510,81162edc7a62ccfc89a4f92aee742146c06b0e3de5b6f8ea5ab864b3c92d7504",
        "sensors,sensors,1,23,786f28db4ca8583ef216bb773c4131dfe0de089f5fa8ebf69c3a75358bffcd9a",
        "vibration,raw_frames,1 2,33,25e24cd09f3903be163ea2ea200c6b167696c7d55d1e23a51d11bb872ffc24f0",
        "vibration,runs,1,20,d28965ab76e72a109787878a89cd6f24ce6d39eebaf9ceb310fa6057929f432e",
        "vibration,samples,1,37602,c1e3e20d62a49650c9d789451458ab14b85bfbe847aa28216d2aa68efa17fce7",
        "vibration,schema_meta,1,1,e2c48ad81fb35495f4c6b3c0c11ce6894d22356f2a44e63c02a94d48d4b3f0a8",
        "projects,locations,1,24323,61584ad80e8d4a0d0dc0d35c1fe0bc20bc55363b7a305efc14642b1094abd809",
        "projects,organizations,1,26390,c16c5be79ee233b884a5af717fca8abdac6f3bc25744b52beff4b3d6b8931a1a",
        "projects,project_acl,1 2,1638,2002ef80a4b69da49860e461be0769774fac6315985e987787901023cd1d5937",
        "projects,project_tags,1 2,2263,85166c65184ad2fcdee5e126bfef83c5528dd848a4e085d36a17dfee3624c848",
        "projects,projects,1,2304,ddef4f83446dea5e4970b8dee06a200f4d657a5024ff50b821b929793721ecd8",
        "projects,search_results,1 2,976,9cef4af33146d56e6a9c9db993464e69c6fa1a7e302bcfdad259fccc013bf6bb",
        "projects,searches,1,3,a6e723d6a0c6fe572d18982d3387a9ec6365610d2665822485e73bb7fc208cb3",
        "projects,tags,1,35,06fcf94e9a13376e5fd9e723263074bbe0b06748b2a3ff0538641620383146ea",
        "projects,users,1,50,9c45c5ac9988662fe94743776612c1198108f49f2ea2b74cebb2146aaca25044",
        "posts,media,1,206,4ec11c96d9739bd57c45196272b8345787885df3ab4f418c5209bbe7939b556a",
        "posts,posts,1,15230,0c11b0e55cfbe986268b2dfce4d65f75e19571a9cbf10b9eff63fa5af50bb643",
        "posts,profiles,1,113,805b14d9ea2fd2088fd858aa45f395a7a555647bceee749fa1df4db575c11c20",
        "surveys,ffq_wide,1,54,10a4be010d137e2b911eef8d93b290106778d7a737a6dbc5765cc88d11b05226",
        "surveys,survey_options,1,81,d2713cfb52338cf1eb88ca033aa864ece0bfcd1e7890d8d489de0a515a7913c5",
        "surveys,survey_responses,1,28494,ebec773f408b2f1736bcbd7bf2c8ac482eb0f2f7fe4eb757d788638181f76c7f",
        "surveys,surveys,1,12,ef8e8ef9e7d05e81e12b0e0d8455c082838542df40444e39bd4eefaaa7be85b7",
        "embedding,orders,1 2,1500,5945956015b62aa2e59352454a5d75e714a17a704bffd8dbfc2b70c8fa460911",
        "embedding,shops,1,2,483577252191676f754faeaf88cf07b95c9ba703467fa8b12eca358e9275d19d",
        "surveys,users,1,5,3f7b99b9c02abea977e625b0601e307d88e5a5295dbb7e5c891d4900909b84a4"
    })
    void everyRowIsTheKnownOneToTheBit(String example, String table, String key, int rows, String sha256)
            throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int found = 0;
        String order = key.replace(' ', ',');
        try (Connection connection = open(example);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from " + table + " order by " + order)) {
            for (; row.next(); found++) {
                digest.update(text(row).getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(found).isEqualTo(rows);
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256);
    }

    @Test
    void tellsItsLoadRows() {
        for (String name : Example.names()) {
            Example example = Example.named(name).orElseThrow();
            assertThat(example.loadRows(MadeExamples.folder(name))).as(name).hasValue(MadeExamples.ROWS);
        }
        assertThat(Example.SENSORS.loadRows(folder.resolve("none"))).isEmpty();
    }

    @Test
    void aFileThatIsNoSampleHasNoLoadRows() throws IOException {
        Path database = Example.SENSORS.database(folder.resolve("text"));
        Files.createDirectories(database.getParent());
        Files.writeString(database, "no database at all, but long enough to look at");
        assertThat(Example.SENSORS.loadRows(folder.resolve("text"))).isEmpty();
    }

    @Test
    void progressGrowsToAllRows() {
        for (String name : Example.names()) {
            long all = Example.named(name).orElseThrow().rowsInAll(MadeExamples.ROWS);
            assertThat(MadeExamples.progress(name))
                    .as(name)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .endsWith(all);
        }
    }

    @Test
    void theCatalogLiesBesideItsDatabase() {
        for (String name : Example.names()) {
            assertThat(MadeExamples.folder(name).resolve("catalog.yaml"))
                    .content()
                    .contains("jdbc:sqlite:sources/" + name + ".db");
        }
    }

    @Test
    void replacesADatabaseAndWhatAnUnfinishedBuildLeft(@TempDir Path other) throws Exception {
        Path again = Example.SURVEYS.database(other);
        Files.createDirectories(again.getParent());
        Files.writeString(again, "an old one");
        Files.writeString(again.resolveSibling("surveys.db.building"), "half of one");
        Example.SURVEYS.create(other, 1, rows -> {});
        assertThat(Example.SURVEYS.loadRows(other)).hasValue(1);
        try (var files = Files.list(again.getParent())) {
            assertThat(files).containsExactly(again);
        }
    }

    @Test
    void refusesALoadOfNoRows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Example.SENSORS.create(folder.resolve("x"), 0, rows -> {}))
                .withMessage("loadRows must be at least 1: 0");
    }

    @Test
    void saysWhichDatabaseCannotBeMade() throws IOException {
        Path building = folder.resolve("blocked/sources/sensors.db.building/in");
        Files.createDirectories(building);
        assertThatThrownBy(() -> Example.SENSORS.create(folder.resolve("blocked"), 1, rows -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("sensors.db");
    }

    /** Doubles as the hexadecimal digits of their bits, so that no printer of numbers matters. */
    private static String text(ResultSet row) throws SQLException {
        StringJoiner text = new StringJoiner("|", "", "\n");
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            Object value = row.getObject(column);
            if (value instanceof Double number) {
                text.add(HexFormat.of().toHexDigits(Double.doubleToRawLongBits(number)));
            } else if (value instanceof byte[] bytes) {
                text.add(HexFormat.of().formatHex(bytes));
            } else {
                text.add(value == null ? "" : value.toString());
            }
        }
        return text.toString();
    }

    private static Connection open(String example) throws SQLException {
        Path database = Example.named(example).orElseThrow().database(MadeExamples.folder(example));
        return DriverManager.getConnection("jdbc:sqlite:" + database);
    }
}
