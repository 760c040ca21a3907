package dev.windrow.worker.outbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.windrow.common.outbox.SigningKey;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignaturesTest {
    private static final SigningKey KEY = SigningKey.of(new byte[32]);

    /** The example of the standard's own libraries. */
    @Test
    void areThoseOfStandardWebhooks() {
        Secret secret = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(Signatures.of(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}", List.of(secret), KEY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void areTwoWhileASecretIsChanged() {
        Secret secret = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(Signatures.of("m", 1, "{}", List.of(secret, secret), KEY)).matches("v1,\\S{44} v1,\\S{44}");
    }

    @Test
    void areOfOurOwnKeyWithoutASecret() {
        assertThat(Signatures.of("m", 1, "{}", List.of(), KEY)).matches("v1a,\\S{86}==");
    }

    /** RFC 8032, 7.1, tests 1 and 2. */
    @Test
    void comeOfTheKeyThatTheSeedIs() {
        HexFormat hex = HexFormat.of();
        SigningKey first =
                SigningKey.of(hex.parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        assertThat(hex.formatHex(first.publicKey()))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(hex.formatHex(first.sign(new byte[0])))
                .isEqualTo("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        SigningKey second =
                SigningKey.of(hex.parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
        assertThat(hex.formatHex(second.publicKey()))
                .isEqualTo("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    }

    @Test
    void refuseASecretThatIsNone() {
        for (String text : List.of("", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_§§§")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Secret.of(text))
                    .withMessageContaining("openssl rand -base64 32");
        }
        assertThat(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).hasToString("set");
    }
}
