package dev.windrow.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.settings.WindrowSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Which settings Windrow has of an application's. */
final class OwnEnvironmentTest {
    private final StandardEnvironment application = new StandardEnvironment();

    private OwnEnvironment own(Map<String, Object> settings, Map<String, Object> variables) {
        MutablePropertySources sources = application.getPropertySources();
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        sources.addLast(new MapPropertySource("application.yaml", settings));
        return new OwnEnvironment(application);
    }

    @Test
    void areThoseOfWindrowAndNoOthers() {
        OwnEnvironment own = own(
                Map.of(
                        "windrow.home", "${data}/windrow",
                        "windrow.embedded.path", "/exports",
                        "data", "/srv",
                        "spring.mvc.servlet.path", "/api",
                        "spring.jackson.property-naming-strategy", "SNAKE_CASE"),
                Map.of("WINDROW_WORKER_CONCURRENCY", "3", "WINDROW_EMBEDDED_PATH", "/other", "SHOP_KEY", "secret"));
        WindrowSettings settings = Binder.get(own).bindOrCreate("windrow", WindrowSettings.class);
        assertThat(settings.home()).hasToString("/srv/windrow");
        assertThat(settings.worker().exportsAtOnce()).isEqualTo(3);
        assertThat(settings.security().isOfApplication()).isTrue();
        assertThat(own.getProperty("spring.mvc.servlet.path")).isNull();
        assertThat(own.getProperty("spring.jackson.property-naming-strategy")).isNull();
        assertThat(own.getProperty("windrow.embedded.path")).isNull();
        assertThat(own.getProperty("SHOP_KEY")).isNull();
    }

    @Test
    void leaveHalfOfTheThreadsToTheApplication() {
        assertThat(own(Map.of(), Map.of()).getProperty("server.tomcat.threads.max"))
                .isEqualTo("100");
        assertThat(own(Map.of("server.tomcat.threads.max", "30"), Map.of()).getProperty("server.tomcat.threads.max"))
                .isEqualTo("15");
    }

    /** Whoever guards the API may not have thought of a second door. */
    @Test
    void letAgentsInWhereTheApplicationSaysSoAlone() {
        assertThat(own(Map.of(), Map.of()).getProperty("windrow.mcp.enabled")).isEqualTo("false");
        assertThat(own(Map.of("windrow.mcp.enabled", "true"), Map.of()).getProperty("windrow.mcp.enabled"))
                .isEqualTo("true");
    }
}
