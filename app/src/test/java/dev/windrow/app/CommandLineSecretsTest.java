package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineSecretsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--windrow.links.secret=hunter2|windrow.links.secret|WINDROW_LINKS_SECRET",
                "--windrow.links.secret[0]=hunter2|windrow.links.secret[0]|WINDROW_LINKS_SECRET",
                "--windrow.security.mask-key=hunter2|windrow.security.mask-key|WINDROW_SECURITY_MASKKEY",
                "--windrow.links.secret|windrow.links.secret|WINDROW_LINKS_SECRET",
                "--WINDROW.LINKS.SECRET=hunter2|WINDROW.LINKS.SECRET|WINDROW_LINKS_SECRET",
                "--windrow_links_secret=hunter2|windrow_links_secret|WINDROW_LINKS_SECRET",
                "--windrow.database.password=hunter2|windrow.database.password|WINDROW_DATABASE_PASSWORD",
                "--windrow.database.pass-word=hunter2|windrow.database.pass-word|WINDROW_DATABASE_PASSWORD",
                "--windrow.database.url=jdbc:postgresql://db/x?user=me&password=hunter2|windrow.database.url|WINDROW_DATABASE_URL",
                "--windrow.database.url=jdbc:postgresql://me:hunter2@db/x|windrow.database.url|WINDROW_DATABASE_URL",
                "--server.ssl.key-store-password=hunter2|server.ssl.key-store-password|SERVER_SSL_KEYSTOREPASSWORD",
                "--spring.application.json={\"windrow\":{\"links\":{\"secret\":\"hunter2\"}}}|spring.application.json|SPRING_APPLICATION_JSON",
                "--server.ssl.certificate-private-key=-----BEGIN KEY|server.ssl.certificate-private-key|SERVER_SSL_CERTIFICATEPRIVATEKEY",
                "--api-key=hunter2|api-key|APIKEY"
            })
    void areFoundAndNamedWithTheVariableToSetInstead(String argument, String name, String variable) {
        assertThat(CommandLineSecrets.among(List.of("--server.port=0", argument)))
                .hasValueSatisfying(found -> {
                    assertThat(found).isEqualTo(name);
                    assertThat(CommandLineSecrets.refusal(found))
                            .startsWith(name + " has a secret in it")
                            .contains("set the environment variable " + variable + " instead")
                            .doesNotContain("hunter2");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--windrow.home=/srv/secret",
                "--windrow.catalog=/etc/tokens.yaml",
                "--windrow.database.url=jdbc:postgresql://db:5432/x?user=me",
                "--windrow.database.url=jdbc:postgresql://db/x?password=${DB_PASSWORD}",
                "--windrow.database.password=${DB_PASSWORD}",
                "--windrow.database.password=",
                "--windrow.page.origins=https://shop.example:8443,http://localhost:3000",
                "--server.ssl.certificate-private-key=/etc/key.pem",
                "nonsense"
            })
    void areNotSeenInWhatIsNone(String argument) {
        assertThat(CommandLineSecrets.among(List.of(argument))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "windrow.links.secret,true",
        "windrow.database.password,true",
        "server.ssl.key-password,true",
        "windrow.home,false",
        "javax.net.ssl.trustStorePassword,false"
    })
    void areFoundInJavasPropertiesThatAreSettings(String name, boolean found) {
        Properties properties = new Properties();
        properties.setProperty(name, "hunter2");
        properties.setProperty("user.name", "secret");

        assertThat(CommandLineSecrets.among(properties).isPresent()).isEqualTo(found);
    }
}
