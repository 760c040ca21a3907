package dev.windrow.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.ResourcePropertySource;

@ExtendWith(OutputCaptureExtension.class)
class SecurityCheckTest {
    private static final String KEYS =
            "windrow.security.mode=api-keys windrow.security.keys-file=keys.yaml server.address=0.0.0.0 ";
    private static final String HOSTS = "windrow.page.hosts=exports.example ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server.address=0.0.0.0|server.address must be a loopback address",
                "server.address=10.1.2.3 server.ssl.bundle=x windrow.page.hosts=a.example|set windrow.security.mode to",
                "server.address=::|server.address must be a loopback address",
                KEYS + "server.ssl.bundle=x|set windrow.page.hosts to the names that it is reached by",
                KEYS
                        + "server.forward-headers-strategy=native|set windrow.page.hosts to the names that it is reached by",
                KEYS + HOSTS + "|server.forward-headers-strategy=native",
                KEYS + HOSTS + "server.forward-headers-strategy=none|set server.ssl.bundle",
                KEYS + HOSTS + "server.ssl.bundle=x server.ssl.enabled=false|set server.ssl.bundle",
                KEYS + "windrow.page.url=https://exports.example|set server.ssl.bundle"
            })
    void refusesWhatTheNetworkCouldReadOrMistake(String settings, String mend) {
        assertThatThrownBy(() -> check(settings))
                .isInstanceOf(RefusedStartException.class)
                .hasMessageContaining(mend);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.ssl.bundle=x",
                "server.ssl.certificate=c.pem server.ssl.certificate-private-key=k.pem",
                "server.ssl.key-store=k.p12"
            })
    void opensWithKeysNamesAndTls(String tls, CapturedOutput output) {
        assertThatCode(() -> check(KEYS + HOSTS + tls)).doesNotThrowAnyException();
        assertThatCode(() -> check(KEYS + "windrow.page.url=https://exports.example " + tls))
                .doesNotThrowAnyException();
        assertThat(output).doesNotContain("WARN");
    }

    @Test
    void saysWhichProxiesAreBelieved(CapturedOutput output) throws IOException {
        check(KEYS + HOSTS
                + "server.forward-headers-strategy=native server.tomcat.remoteip.internal-proxies=10\\.1\\.2\\.3");
        assertThat(output).doesNotContain("believed");
        check(KEYS + HOSTS + "server.forward-headers-strategy=native");
        assertThat(output).contains("a proxy is believed only on this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void warnsOfAStrategyThatBelievesEverybody(String address, CapturedOutput output) throws IOException {
        check(KEYS + HOSTS + "server.forward-headers-strategy=framework server.address=" + address);
        assertThat(output).containsOnlyOnce("set it to native, which believes proxies alone");
    }

    /** @param settings with spaces between them; the last of a name holds */
    private static void check(String settings) throws IOException {
        Map<String, Object> values = new HashMap<>();
        for (String setting : settings.trim().split(" ")) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", values));
        environment
                .getPropertySources()
                .addLast(new ResourcePropertySource("classpath:dev/windrow/api/web.properties"));
        Binder binder = Binder.get(environment);
        new SecurityCheck(
                        binder.bindOrCreate("windrow", WindrowSettings.class),
                        binder.bindOrCreate("server", ServerProperties.class),
                        environment)
                .afterPropertiesSet();
    }
}
