package dev.windrow.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.settings.WindrowSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** What a process says of where it keeps what it has: not everything is in the home. */
class ReadyLogTest {
    private static String places(Map<String, String> settings) {
        return ReadyLog.places(
                new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("windrow", WindrowSettings.class),
                Path.of("h"));
    }

    @Test
    void saysThatAllIsInTheHomeWhereItIs() {
        assertThat(places(Map.of())).isEqualTo("everything in h");
    }

    @Test
    void namesTheBucketAndNoUrlOfTheDatabase() {
        assertThat(places(Map.of(
                        "windrow.database.url",
                        "jdbc:postgresql://db/windrow",
                        "windrow.artifacts.url",
                        "s3://windrow/exports")))
                .isEqualTo("its home in h, the status table in a database server, archives in s3://windrow/exports");
        assertThat(places(Map.of("windrow.artifacts.url", "s3://windrow/exports")))
                .isEqualTo("its home in h, the status table in SQLite, archives in s3://windrow/exports");
        assertThat(places(Map.of("windrow.database.url", "jdbc:sqlite:other.db")))
                .isEqualTo("its home in h, the status table in SQLite, archives in the home");
    }

    private static String address(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
        return ReadyLog.address(environment, 8080);
    }

    @Test
    void saysAnAddressThatABrowserOpens() {
        assertThat(address(Map.of("server.address", "127.0.0.1"))).isEqualTo("http://127.0.0.1:8080/");
        assertThat(address(Map.of("server.address", "::1"))).isEqualTo("http://[::1]:8080/");
        assertThat(address(Map.of("server.address", "exports.example"))).isEqualTo("http://exports.example:8080/");
        assertThat(address(Map.of("server.address", "127.0.0.1", "server.ssl.key-store", "x")))
                .isEqualTo("https://127.0.0.1:8080/");
    }

    @Test
    void saysTheLoopbackWhereItServesEveryAddress() {
        for (String every : new String[] {"0.0.0.0", "::", ""}) {
            assertThat(address(Map.of("server.address", every))).isEqualTo("http://127.0.0.1:8080/");
        }
    }
}
