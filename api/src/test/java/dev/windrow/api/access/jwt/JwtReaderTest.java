package dev.windrow.api.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Caller;
import dev.windrow.api.access.Credential;
import dev.windrow.api.access.CredentialsRefusedException;
import dev.windrow.api.access.Rights;
import dev.windrow.api.problem.ProblemException;
import dev.windrow.api.problem.ProblemType;
import dev.windrow.testkit.Ports;
import dev.windrow.testkit.SettableClock;
import dev.windrow.testkit.TestIssuer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a real issuer, which is a process of its own. */
class JwtReaderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static TestIssuer idp;

    private final SettableClock clock = new SettableClock(NOW);

    @BeforeAll
    static void startIssuer() {
        idp = TestIssuer.start();
    }

    @AfterAll
    static void stopIssuer() {
        idp.close();
    }

    @AfterEach
    void up() {
        idp.up();
    }

    private JwtReader reader() {
        return reader(Issuers.at("idp", idp.url()));
    }

    private JwtReader reader(Issuer... issuers) {
        return new JwtReader(List.of(issuers), clock);
    }

    private static Map<String, Object> claims() {
        return claims(idp);
    }

    private static Map<String, Object> claims(TestIssuer issuer) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("iss", issuer.url());
        claims.put("aud", "windrow");
        claims.put("sub", "u-1");
        claims.put("iat", NOW.minusSeconds(300).getEpochSecond());
        claims.put("exp", NOW.plusSeconds(600).getEpochSecond());
        return claims;
    }

    private static Map<String, Object> with(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        return claims;
    }

    private static Map<String, Object> without(String name) {
        Map<String, Object> claims = claims();
        claims.remove(name);
        return claims;
    }

    private String refusal(JwtReader reader, String token) {
        assertThat(reader.reads(token)).isTrue();
        return String.valueOf(catchThrowableOfType(CredentialsRefusedException.class, () -> reader.read(token, null))
                .getMessage());
    }

    private String refusal(Map<String, Object> claims) {
        return refusal(reader(), idp.token(claims));
    }

    @Test
    void saysWhoCallsWhatItGivesAndUntilWhen() {
        Caller caller = reader().read(idp.token(claims()), null);
        assertThat(caller.name()).isEqualTo("idp:u-1");
        assertThat(caller.credential()).isEqualTo(new Credential(Credential.Kind.JWT, "idp", NOW.plusSeconds(600)));
        Rights rights = caller.rights();
        assertThat(rights.roles()).containsExactly("export");
        assertThat(rights.datasets()).isNull();
        assertThat(rights.claims()).isEmpty();
        assertThat(rights.allowance()).isEqualTo(Allowance.USUAL);
    }

    @Test
    void takesEveryAlgorithmThatIsSetAndNoOther() {
        String header = "{\"alg\":\"ES256\",\"kid\":\"ec-KID\"}";
        String claims = json(claims());
        String token = idp.sign("ES256", header, claims);
        assertThat(reader().read(token, null).name()).isEqualTo("idp:u-1");
        assertThat(refusal(reader(Issuers.algorithms(idp.url(), "RS256")), token))
                .isEqualTo(JwtReader.REFUSED);
    }

    @Test
    void takesNoTokenBeyondItsTimes() {
        assertThat(refusal(with("exp", NOW.minusSeconds(61).getEpochSecond()))).contains("expired");
        assertThat(refusal(with("nbf", NOW.plusSeconds(61).getEpochSecond()))).contains("before");
        assertThat(refusal(with("iat", NOW.plusSeconds(61).getEpochSecond()))).contains("time to come");
        assertThat(refusal(without("exp"))).contains("exp");
        assertThat(reader().read(idp.token(with("exp", NOW.minusSeconds(59).getEpochSecond())), null)
                        .name())
                .isEqualTo("idp:u-1");
    }

    @Test
    void takesNoTokenThatIsGoodForTooLong() {
        Map<String, Object> claims =
                with("exp", NOW.plus(Duration.ofHours(24)).plusSeconds(1).getEpochSecond());
        claims.put("iat", NOW.getEpochSecond());
        assertThat(refusal(claims)).contains("longer than PT24H");
        claims.put("exp", NOW.plus(Duration.ofHours(24)).getEpochSecond());
        assertThat(reader().read(idp.token(claims), null).name()).isEqualTo("idp:u-1");
        claims.remove("iat");
        assertThat(reader().read(idp.token(claims), null).name()).isEqualTo("idp:u-1");
        claims.put("exp", NOW.plus(Duration.ofHours(25)).getEpochSecond());
        assertThat(refusal(claims)).contains("longer than PT24H");
    }

    @Test
    void takesNoTokenForOthersOrOfOthers() {
        assertThat(refusal(with("aud", "another"))).contains("aud");
        assertThat(refusal(without("aud"))).contains("aud");
        assertThat(refusal(with("iss", "https://evil.example"))).isEqualTo(JwtReader.REFUSED);
        assertThat(refusal(without("iss"))).isEqualTo(JwtReader.REFUSED);
        assertThat(reader().read(idp.token(with("aud", List.of("x", "windrow"))), null)
                        .name())
                .isEqualTo("idp:u-1");
    }

    @Test
    void takesNoTokenWithoutASignature() {
        String claims = encode(json(claims()));
        assertThat(refusal(reader(), encode("{\"alg\":\"none\"}") + "." + claims + "."))
                .isEqualTo(JwtReader.REFUSED);
        String good = idp.token(claims());
        assertThat(refusal(reader(), good.substring(0, good.lastIndexOf('.') + 1)))
                .isEqualTo(JwtReader.REFUSED);
        String[] parts = good.split("\\.");
        String altered = parts[0] + "." + encode(json(with("sub", "admin"))) + "." + parts[2];
        assertThat(refusal(reader(), altered)).isEqualTo(JwtReader.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void takesNoPublicKeyForASecret(String algorithm) throws GeneralSecurityException {
        String signed = encode("{\"alg\":\"" + algorithm + "\",\"kid\":\"rsa-0\"}") + "." + encode(json(claims()));
        Mac mac = Mac.getInstance(algorithm.replace("HS", "HmacSHA"));
        mac.init(new SecretKeySpec(idp.pem().getBytes(StandardCharsets.UTF_8), "HMAC"));
        byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        String token = signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        assertThat(refusal(reader(), token)).isEqualTo(JwtReader.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../etc/passwd",
                "/dev/null",
                "x' or '1'='1",
                "rsa-0'; drop table exports; --",
                "\u0000",
                "",
                "http://127.0.0.1:1/keys"
            })
    void takesAKeysNameAsANameAndNothingElse(String kid) {
        assertThat(refusal(reader(), idp.token(Map.of("kid", kid), claims()))).isEqualTo(JwtReader.REFUSED);
    }

    @Test
    void takesNoKeyFromTheTokenItself() {
        try (TestIssuer evil = TestIssuer.start()) {
            Map<String, Object> claims = claims();
            for (Map<String, Object> header : List.<Map<String, Object>>of(
                    Map.of("jku", evil.url() + "/keys", "kid", "rsa-KID"),
                    Map.of("x5u", evil.url() + "/key.pem"),
                    Map.of("jwk", Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB")))) {
                assertThat(refusal(reader(), evil.token(header, claims))).isEqualTo(JwtReader.REFUSED);
            }
            assertThat(evil.asked()).isZero();
        }
    }

    @Test
    void takesNoTokenThatSaysWhatItDoesNotUnderstand() {
        assertThat(refusal(reader(), idp.token(Map.of("crit", List.of("exp"), "exp", 1), claims())))
                .isEqualTo(JwtReader.REFUSED);
        String nested =
                idp.sign("RS256", "{\"alg\":\"RS256\",\"kid\":\"rsa-KID\",\"cty\":\"JWT\"}", idp.token(claims()));
        assertThat(refusal(reader(), nested)).isEqualTo(JwtReader.REFUSED);
        assertThat(refusal(reader(), idp.token(Map.of("typ", "logout+jwt"), claims())))
                .contains("typ");
        assertThat(reader().read(idp.token(Map.of("typ", "at+jwt"), claims()), null)
                        .name())
                .isEqualTo("idp:u-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a.b.c", "e30.e30.e30", "e30.e30.", ".e30.", "%.%.%", "eyJhbGciOiJSUzI1NiJ9.W10.AA"})
    void takesNothingThatIsNoToken(String token) {
        assertThat(refusal(reader(), token)).isEqualTo(JwtReader.REFUSED);
    }

    @Test
    void takesNoTokenOfManyBytesOrManyLevels() {
        assertThat(refusal(with("x", "x".repeat(8_000)))).isEqualTo("The token is longer than 8192 characters.");
        String deep = encode("[".repeat(5_900));
        assertThat(refusal(reader(), encode("{\"alg\":\"RS256\"}") + "." + deep + ".AA"))
                .isEqualTo(JwtReader.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a.b", "a.b.c.d.e", "wdr_abc"})
    void leavesWhatHasNoSuchShapeToOthers(String token) {
        assertThat(reader().reads(token)).isFalse();
    }

    @Test
    void learnsANewKeyWhenATokenHasIt() {
        JwtReader reader = reader();
        String old = idp.token(claims());
        assertThat(reader.read(old, null).name()).isEqualTo("idp:u-1");
        idp.rotate();
        clock.pass(IssuerKeys.PAUSE);
        assertThat(reader.read(idp.token(claims()), null).name()).isEqualTo("idp:u-1");
        assertThat(refusal(reader, old)).isEqualTo(JwtReader.REFUSED);
    }

    @Test
    void asksTheIssuerSeldomHoweverManyUnknownKeysCome() {
        JwtReader reader = reader();
        int before = idp.asked();
        for (int i = 0; i < 20; i++) {
            assertThat(refusal(reader, idp.token(Map.of("kid", "k" + i), claims())))
                    .isEqualTo(JwtReader.REFUSED);
        }
        assertThat(idp.asked()).isEqualTo(before + 1);
    }

    @Test
    void goesOnWithWhatItKnowsWhileTheIssuerIsDown() {
        JwtReader reader = reader();
        Map<String, Object> claims = with("exp", NOW.plus(Duration.ofHours(23)).getEpochSecond());
        String token = idp.token(claims);
        assertThat(reader.read(token, null).name()).isEqualTo("idp:u-1");
        idp.down();
        clock.pass(Duration.ofHours(10));
        assertThat(reader.read(token, null).name()).isEqualTo("idp:u-1");
        assertThat(reader.read(token, null).name()).isEqualTo("idp:u-1");
        claims.put("iat", clock.instant().getEpochSecond());
        String unknown = idp.token(Map.of("kid", "new"), claims);
        assertThat(unavailable(reader, unknown)).isEqualTo("5");
        idp.up();
        clock.pass(IssuerKeys.PAUSE);
        assertThat(refusal(reader, unknown)).isEqualTo(JwtReader.REFUSED);
    }

    @Test
    void forgetsKeysThatNobodyHasToldForADay() {
        JwtReader reader = reader();
        assertThat(reader.read(idp.token(claims()), null).name()).isEqualTo("idp:u-1");
        idp.down();
        clock.pass(Duration.ofHours(24));
        Map<String, Object> claims = with("iat", clock.instant().getEpochSecond());
        claims.put("exp", clock.instant().plusSeconds(60).getEpochSecond());
        assertThat(unavailable(reader, idp.token(claims))).isEqualTo("5");
    }

    @Test
    void startsWhileTheIssuerIsDownAndBelievesItWhenItIsUp() {
        int port = Ports.free();
        JwtReader reader = reader(Issuers.at("late", "http://127.0.0.1:" + port));
        assertThat(unavailable(reader, idp.token(with("iss", "http://127.0.0.1:" + port))))
                .isEqualTo("5");
        try (TestIssuer late = TestIssuer.start(port)) {
            clock.pass(IssuerKeys.PAUSE);
            assertThat(reader.read(late.token(claims(late)), null).name()).isEqualTo("late:u-1");
        }
    }

    @Test
    void tellsTwoIssuersApart() {
        try (TestIssuer other = TestIssuer.start()) {
            JwtReader reader = reader(Issuers.at("idp", idp.url()), Issuers.at("other", other.url()));
            assertThat(reader.read(idp.token(claims()), null).name()).isEqualTo("idp:u-1");
            assertThat(reader.read(other.token(claims(other)), null).name()).isEqualTo("other:u-1");
            assertThat(refusal(reader, other.token(claims()))).isEqualTo(JwtReader.REFUSED);
        }
    }

    @Test
    void takesAKeySetOrAKeyFileInsteadOfMetadata(@TempDir Path folder) throws Exception {
        Path pem = Files.writeString(folder.resolve("key.pem"), idp.pem());
        String token = idp.token(without("iss"));
        assertThat(reader(Issuers.with(null, idp.url() + "/keys", null))
                        .read(token, null)
                        .name())
                .isEqualTo("idp:u-1");
        assertThat(reader(Issuers.with(null, null, pem)).read(token, null).name())
                .isEqualTo("idp:u-1");
        JwtReader strict = reader(Issuers.with("https://idp.example", null, pem));
        assertThat(refusal(strict, token)).isEqualTo(JwtReader.REFUSED);
        assertThat(strict.read(idp.token(with("iss", "https://idp.example")), null)
                        .name())
                .isEqualTo("idp:u-1");
        idp.rotate();
        assertThat(refusal(reader(Issuers.with(null, null, pem)), idp.token(without("iss"))))
                .isEqualTo(JwtReader.REFUSED);
    }

    @Test
    void readsRolesDatasetsAndClaims() {
        JwtReader reader =
                reader(Issuers.claims(idp.url(), "realm_access.roles", "ds", List.of("tenant", "n", "o", "l"), "sub"));
        Map<String, Object> claims = claims();
        claims.put("realm_access", Map.of("roles", List.of("read", "finance", 7)));
        claims.put("ds", "orders customers");
        claims.put("tenant", "acme");
        claims.put("n", 7);
        claims.put("o", Map.of("a", 1));
        claims.put("l", List.of("a", true, 1.5));
        claims.put("unasked", "x");
        claims.put("limits", Map.of("startsPerMinute", 3, "bytesPerDay", 10_000_000_000L));
        Rights rights = reader.read(idp.token(claims), null).rights();
        assertThat(rights.roles()).containsExactlyInAnyOrder("read", "finance");
        assertThat(rights.datasets()).containsExactlyInAnyOrder("orders", "customers");
        assertThat(rights.claims()).isEqualTo(Map.of("tenant", "acme", "n", 7L, "l", List.of("a", true, 1.5)));
        assertThat(rights.allowance()).isEqualTo(new Allowance(3, null, null, 10_000_000_000L));
    }

    @Test
    void givesNothingForClaimsThatAreMissingOrOfAnotherType() {
        JwtReader reader = reader(Issuers.claims(idp.url(), "roles", "ds", List.of("tenant"), "sub"));
        Rights missing = reader.read(idp.token(claims()), null).rights();
        assertThat(missing.roles()).isEmpty();
        assertThat(missing.datasets()).isEmpty();
        assertThat(missing.claims()).isEmpty();
        Map<String, Object> claims = with("roles", Map.of("admin", true));
        claims.put("ds", 7);
        Rights wrong = reader.read(idp.token(claims), null).rights();
        assertThat(wrong.roles()).isEmpty();
        assertThat(wrong.datasets()).isEmpty();
        assertThat(refusal(reader, idp.token(with("limits", Map.of("active", -1)))))
                .contains("active must be");
        assertThat(refusal(reader, idp.token(with("limits", "none")))).contains("no object");
    }

    @Test
    void refusesATokenThatNamesNobody() {
        assertThat(refusal(without("sub"))).contains("names nobody");
        assertThat(refusal(with("sub", " "))).contains("names nobody");
        assertThat(refusal(with("sub", "a\nb"))).contains("names nobody");
        assertThat(refusal(with("sub", "x".repeat(201)))).contains("names nobody");
        for (Object number : List.of(7, 7.5)) {
            assertThat(refusal(with("sub", number))).contains("claim sub is a number, and must be a text");
        }
        JwtReader reader = reader(Issuers.claims(idp.url(), null, null, List.of(), "uid"));
        assertThat(reader.read(idp.token(with("uid", 17)), null).name()).isEqualTo("idp:17");
    }

    private static String unavailable(JwtReader reader, String token) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> reader.read(token, null));
        assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(problem.detail()).doesNotContain(URI.create(idp.url()).getAuthority());
        return "5";
    }

    private static String json(Map<String, Object> claims) {
        return tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(claims);
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
