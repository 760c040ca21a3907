package dev.windrow.app.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.outbox.TargetCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetChecksTest {
    private static final TargetCheck MAIL = new MailTargetCheck(List.of("example.com"));

    @Test
    void takesTheCallersOwnAddressAndThoseOfTheDomains() {
        assertThat(MAIL.refusal("ann@elsewhere.org", Map.of("email", "Ann@elsewhere.org")))
                .isEmpty();
        assertThat(MAIL.refusal("ann@elsewhere.org", Map.of("email", List.of("a@b.c", "ann@elsewhere.org"))))
                .isEmpty();
        assertThat(MAIL.refusal("ann@elsewhere.org", Map.of("email", "ann@elsewhere.org", "email_verified", true)))
                .isEmpty();
        assertThat(MAIL.refusal("anybody+x@EXAMPLE.com", Map.of())).isEmpty();
    }

    @Test
    void writesToNoStranger() {
        String why = "is neither your own address, by your credentials, nor of a domain that this server writes to";
        assertThat(MAIL.refusal("bob@elsewhere.org", Map.of("email", "ann@elsewhere.org")))
                .contains(why);
        assertThat(MAIL.refusal("bob@elsewhere.org", Map.of())).contains(why);
        assertThat(MAIL.refusal("bob@sub.example.com", Map.of())).contains(why);
        assertThat(MAIL.refusal("bob@badexample.com", Map.of())).contains(why);
        assertThat(MAIL.refusal("ann@elsewhere.org", Map.of("email", "ann@elsewhere.org", "email_verified", false)))
                .contains(why);
        assertThat(MAIL.refusal("ann@elsewhere.org", Map.of("email", Map.of("x", "ann@elsewhere.org"))))
                .contains(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "@example.com",
                "ann@",
                "ann@localhost",
                "a b@example.com",
                "ann@example.com,eve@evil.org",
                "ann@example.com\r\nBcc: eve@evil.org",
                "<ann@example.com>",
                "Ann <ann@example.com>",
                "\"eve@evil.org\"@example.com",
                "eve@evil.org(@example.com",
                "eve@evil.org@example.com",
                "ann@[127.0.0.1]",
                "ann@example.com\u0000",
                "ann@ex\u00e4mple.com",
                "eve%evil.org@\u0435xample.com"
            })
    void takesOnePlainAddressAlone(String wrong) {
        assertThat(MAIL.refusal(wrong, Map.of("email", wrong))).contains("must be one address such as ann@example.com");
    }

    @Test
    void takesPlacesOfTheSettingsAlone() {
        TargetCheck places = new PlaceTargetCheck(Set.of("finance"));

        assertThat(places.refusal("finance", Map.of())).isEmpty();
        assertThat(places.refusal("Finance", Map.of())).contains("is no place that this server takes archives to");
        assertThat(places.refusal("../finance", Map.of())).isNotEmpty();
    }
}
