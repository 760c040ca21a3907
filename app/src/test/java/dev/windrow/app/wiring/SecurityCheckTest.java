package dev.windrow.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.ResourcePropertySource;

class SecurityCheckTest {
    private static final String KEYS =
            "windrow.security.mode=api-keys windrow.security.keys-file=keys.yaml server.address=0.0.0.0 ";
    private static final String HOSTS = "windrow.page.hosts=exports.example ";

    private final Logger logger = (Logger) LoggerFactory.getLogger(SecurityCheck.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
    }

    private String said() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
    }

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
    void opensWithKeysNamesAndTls(String tls) {
        assertThatCode(() -> check(KEYS + HOSTS + tls)).doesNotThrowAnyException();
        assertThatCode(() -> check(KEYS + "windrow.page.url=https://exports.example " + tls))
                .doesNotThrowAnyException();
        assertThat(said()).isEmpty();
    }

    @Test
    void saysWhichProxiesAreBelieved() throws IOException {
        check(KEYS + HOSTS
                + "server.forward-headers-strategy=native server.tomcat.remoteip.internal-proxies=10\\.1\\.2\\.3");
        assertThat(said()).isEmpty();
        check(KEYS + HOSTS + "server.forward-headers-strategy=native");
        assertThat(said()).contains("a proxy is believed only on this machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void warnsOfAStrategyThatBelievesEverybody(String address) throws IOException {
        check(KEYS + HOSTS + "server.forward-headers-strategy=framework server.address=" + address);
        assertThat(said()).contains("set it to native, which believes proxies alone");
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
