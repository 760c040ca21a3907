package dev.windrow.common.source.jdbc.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriversTest {
    private static final String TINY = """
            public final class Tiny implements java.sql.Driver {
                public boolean acceptsURL(String url) { return url.startsWith("jdbc:tiny:"); }
                public java.sql.Connection connect(String url, java.util.Properties properties) { return null; }
                public int getMajorVersion() { return 1; }
                public int getMinorVersion() { return 0; }
                public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties properties) {
                    return new java.sql.DriverPropertyInfo[0];
                }
                public boolean jdbcCompliant() { return false; }
                public java.util.logging.Logger getParentLogger() { return java.util.logging.Logger.getGlobal(); }
            }
            """;

    @Test
    void takesTheDriversOfAFolderAndLeavesOutWhatIsNone(@TempDir Path folder) throws Exception {
        Path drivers = Files.createDirectory(folder.resolve("drivers"));
        jar(drivers.resolve("a-broken.jar"), List.of("no.such.Driver"), null);
        Files.writeString(drivers.resolve("b-no-jar.jar"), "not a jar");
        Files.writeString(drivers.resolve("readme.txt"), "drivers");
        Path source = Files.writeString(folder.resolve("Tiny.java"), TINY);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", folder.toString(), source.toString()))
                .isZero();
        jar(drivers.resolve("c-tiny.JAR"), List.of("Tiny"), folder.resolve("Tiny.class"));

        Drivers.load(drivers);
        Drivers.load(drivers);
        assertThat(Drivers.of("jdbc:tiny:x").getClass().getName()).isEqualTo("Tiny");
        assertThat(Drivers.of("jdbc:sqlite:x").getClass().getName()).isEqualTo("org.sqlite.JDBC");
    }

    @Test
    void isContentWithoutAFolder(@TempDir Path folder) throws Exception {
        Drivers.load(folder.resolve("drivers"));
        assertThat(Drivers.of("jdbc:sqlite:x")).isNotNull();
    }

    @Test
    void saysWhatToPutWhereAndNothingOfTheUrl() {
        assertThatThrownBy(() -> Drivers.of("jdbc:sqlserver://db.example;password=geheim"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
                .hasMessage("there is no JDBC driver for jdbc:sqlserver:; put its jar"
                        + " (com.microsoft.sqlserver:mssql-jdbc) into the folder of windrow.drivers, which is drivers/ in"
                        + " the home, and start again");
        assertThatThrownBy(() -> Drivers.of("jdbc:own://geheim"))
                .hasMessageStartingWith("there is no JDBC driver for jdbc:own:; put its jar into")
                .hasMessageNotContaining("geheim");
    }

    private static void jar(Path file, List<String> services, Path type) throws Exception {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry("META-INF/services/java.sql.Driver"));
            jar.write(String.join("\n", services).getBytes(StandardCharsets.UTF_8));
            if (type != null) {
                jar.putNextEntry(new JarEntry(type.getFileName().toString()));
                jar.write(Files.readAllBytes(type));
            }
        }
    }
}
