package dev.windrow.app.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.app.refusal.RefusedStartException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingVariablesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WINDROW_HOME",
                "WINDROW_CATALOG",
                "WINDROW_DATABASE_URL",
                "WINDROW_WORKER_COMPRESSIONLEVEL",
                "WINDROW_WORKER_COMPRESSION_LEVEL",
                "WINDROW_LIMITS_STARTSPERMINUTE",
                "WINDROW_LINKS_SECRET",
                "WINDROW_PAGE_ORIGINS_0_",
                "WINDROW_PAGE_ORIGINS_1",
                "WINDROW_HEAP",
                "WINDROW_SERVER",
                "WINDROW_API_KEY",
                "HOME",
                "MY_WINDROW_HOM",
                "WINDROWS"
            })
    void takesSettingsAndWhatIsNotOurs(String name) {
        assertThatCode(() -> check(name)).doesNotThrowAnyException();
    }

    /** A service of the name windrow in the same namespace must not keep every container from starting. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WINDROW_SERVICE_HOST",
                "WINDROW_SERVICE_PORT",
                "WINDROW_SERVICE_PORT_HTTP",
                "WINDROW_PORT=tcp://10.0.0.7:8080",
                "WINDROW_PORT_8080_TCP",
                "WINDROW_PORT_8080_TCP_ADDR",
                "WINDROW_API_PORT=udp://10.0.0.7:8080",
                "WINDROW_API_SERVICE_HOST",
                "WINDROW_API_PORT_8080_TCP_PROTO"
            })
    void takesWhatKubernetesSaysOfServices(String name) {
        assertThatCode(() -> check(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "WINDROW_CATALOGUE,WINDROW_CATALOG",
        "WINDROW_HOEM,WINDROW_HOME",
        "WINDROW_DATABASE_PASWORD,WINDROW_DATABASE_PASSWORD",
        "WINDROW_WORKER_CONCURENCY,WINDROW_WORKER_CONCURRENCY",
        "WINDROW_HOME_,WINDROW_HOME",
        "WINDROW_APIKEY,WINDROW_API_KEY"
    })
    void refusesAMisspeltOneAndNamesTheNearest(String name, String meant) {
        assertThatThrownBy(() -> check("PATH", name))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContaining("the environment variable " + name + " (did you mean \"" + meant + "\"?)");
    }

    @Test
    void namesThemAllAndGuessesNoneThatIsFarOff() {
        assertThatThrownBy(() -> check("WINDROW_ZZZZZZZZZZZZZZZ", "WINDROW_HOM"))
                .hasMessage(
                        "Windrow has no such setting: the environment variable WINDROW_HOM (did you mean \"WINDROW_HOME\"?),"
                                + " WINDROW_ZZZZZZZZZZZZZZZ; correct the name or unset it; `windrow serve --help` lists the settings");
    }

    @Test
    void refusesAPortThatIsNoService() {
        assertThatThrownBy(() -> check("WINDROW_PORT=9000")).hasMessageContaining("WINDROW_PORT");
    }

    private static void check(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            environment.put(
                    equals < 0 ? variable : variable.substring(0, equals),
                    equals < 0 ? "x" : variable.substring(equals + 1));
        }
        SettingVariables.check(environment);
    }
}
