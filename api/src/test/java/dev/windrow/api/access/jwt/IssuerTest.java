package dev.windrow.api.access.jwt;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerTest {
    private static final String URL = "https://idp.example";

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS256", "HS384", "HS512", "rs256", "", "EdDSA"})
    void takesAlgorithmsOfPublicKeysOnly(String algorithm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Issuers.algorithms(URL, algorithm))
                .withMessageStartingWith("windrow.security.jwt.issuers (idp): algorithms has \"" + algorithm)
                .withMessageContaining("RS256");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example",
                "ftp://idp.example",
                "idp.example",
                "file:///etc/passwd",
                "https://",
                "",
                "::"
            })
    void takesNoAddressThatOthersCanAnswerFor(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Issuers.at("idp", address))
                .withMessageContaining("issuer is no https address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Issuers.with(null, address, null))
                .withMessageContaining("jwk-set-uri is no https address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a b", "-a", "ä"})
    void takesNoNameThatCouldBePartOfAnother(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Issuers.at(name, URL))
                .withMessageContaining("[].name");
    }

    @Test
    void saysWhatIsMissingOrTooMuch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Issuers.with(null, null, null))
                .withMessageContaining("set it, or jwk-set-uri, or public-key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Issuers.with(URL, URL, Path.of("x")))
                .withMessageContaining("leave one of them out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JwtReader(List.of(), Clock.systemUTC()))
                .withMessageContaining("windrow.security.jwt.issuers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JwtReader(
                        List.of(Issuers.at("a", URL), Issuers.at("a", "https://b.example")), Clock.systemUTC()))
                .withMessageContaining("a name of its own");
        assertThatNoException().isThrownBy(() -> Issuers.at("a", "http://localhost:1"));
    }

    @Test
    void saysWhatIsWrongWithAKeyFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key.pem");
        for (String content : List.of(
                "",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            Files.writeString(file, content);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new JwtReader(List.of(Issuers.with(URL, null, file)), Clock.systemUTC()))
                    .withMessageContaining("public-key " + file + " can't be used: holds");
        }
    }
}
