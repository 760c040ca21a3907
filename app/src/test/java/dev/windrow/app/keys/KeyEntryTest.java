package dev.windrow.app.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windrow.api.access.Allowance;
import dev.windrow.api.access.Rights;
import dev.windrow.api.access.Terms;
import dev.windrow.api.access.key.ApiKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyEntryTest {
    private static final String HASH = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String BASE = "name: shop, sha256: " + HASH;

    @Test
    void givesTheLeastThatIsOfUse() {
        ApiKey key = key(BASE);
        assertThat(key.name()).isEqualTo("shop");
        assertThat(key.principal()).isEqualTo("shop");
        assertThat(key.rights()).isEqualTo(new Rights(Set.of("export"), null, Map.of(), Allowance.USUAL, Terms.NONE));
        assertThat(key.notBefore()).isNull();
        assertThat(key.expires()).isNull();
    }

    @Test
    void readsEveryField() {
        ApiKey key = key(BASE + ", principal: billing, roles: [read, finance], datasets: [orders],"
                + " claims: { tenant: 7, ratio: 0.5, name: x, on: true, shops: [1, 2] },"
                + " limits: { starts-per-minute: 10, active-per-caller: 2, rowsPerDay: 3000000000, bytes-per-day: 2GB },"
                + " notBefore: 2026-01-01, expires: '2027-01-31T12:00:00+01:00'");
        assertThat(key.principal()).isEqualTo("billing");
        assertThat(key.rights().roles()).containsExactlyInAnyOrder("read", "finance");
        assertThat(key.rights().datasets()).containsExactly("orders");
        assertThat(key.rights().claims())
                .isEqualTo(Map.of("tenant", 7L, "ratio", 0.5, "name", "x", "on", true, "shops", List.of(1L, 2L)));
        assertThat(key.rights().allowance()).isEqualTo(new Allowance(10, 2, 3_000_000_000L, 2L << 30));
        assertThat(key.notBefore()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(key.expires()).isEqualTo(Instant.parse("2027-01-31T11:00:00Z"));
    }

    @Test
    void takesAnEmptyListForNothing() {
        ApiKey key = key(BASE + ", roles: [], datasets: []");
        assertThat(key.rights().roles()).isEmpty();
        assertThat(key.rights().isFor("orders")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: shop|no sha256",
                "sha256: " + HASH + "|no name",
                BASE + ", role: admin|unknown field \"role\" (did you mean \"roles\"?)",
                BASE + ", roles: admni|unknown role \"admni\" (did you mean \"admin\"?)",
                BASE + ", roles: [Export]|unknown role \"Export\"",
                BASE + ", roles: [7]|roles: expected a list of texts",
                BASE + ", roles: [~]|roles: expected a list of texts",
                BASE + ", datasets: |datasets has no value",
                BASE + ", datasets: { a: b }|datasets: expected a list",
                BASE + ", expires: |expires has no value",
                BASE + ", expires: 2027|expires: expected a text",
                BASE + ", expires: 2027-02-30|expires: expected a date",
                BASE + ", expires: 2027-01-31T12:00:00|expires: expected a date",
                BASE + ", expires: P90D|expires: expected a date",
                BASE + ", not-before: 2027-01-31, expires: 2027-01-31|not-before is not before expires",
                BASE + ", claims: [a]|claims: expected names and values",
                BASE + ", claims: { a: { b: c } }|claims: a: expected",
                BASE + ", claims: { a: ~ }|claims: a: expected",
                BASE + ", claims: { a: 99999999999999999999 }|claims: a: expected",
                BASE + ", limits: 5|limits: expected names and numbers",
                BASE + ", limits: { starts: 5 }|limits: unknown field",
                BASE + ", limits: { active: 1, active-per-caller: 2 }|active",
                BASE + ", limits: { starts-per-minute: 99999999999 }|starts-per-minute: expected a whole number",
                BASE + ", limits: { rows-per-day: -1 }|rows-per-day: expected a whole number",
                BASE + ", limits: { bytes-per-day: much }|bytes-per-day: expected a size",
                BASE + ", not-before: 2026-01-01, notBefore: 2026-01-01|not-before is there twice",
                "name: 7, sha256: " + HASH + "|name: expected a text",
                BASE + ", principal: ''|principal must have 1 to 200 characters",
            })
    void refusesWhatCouldGiveMoreThanWasMeant(String fields, String problem) {
        assertThatThrownBy(() -> key(fields))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keys.yaml:1:")
                .hasMessageContaining(problem);
    }

    @Test
    void isWrittenAsItIsRead() {
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T10:20:30.5Z"), ZoneOffset.UTC);
        String entry = new NewKey("a \"b\" \\ c: #d", "yes", List.of("read", "finance"), List.of("orders"), "P1M")
                .entry(HASH, clock);
        ApiKey key = keys(entry).get(0);
        assertThat(key.name()).isEqualTo("a \"b\" \\ c: #d");
        assertThat(key.principal()).isEqualTo("yes");
        assertThat(key.rights().datasets()).containsExactly("orders");
        assertThat(key.expires()).isEqualTo(Instant.parse("2026-02-01T10:20:30Z"));
        assertThat(keys(new NewKey("x", null, null, null, null).entry(HASH, clock))
                        .get(0)
                        .expires())
                .isNull();
        for (String end : List.of("P0D", "P-1D", "PT1H", "Pnever", "2026", "")) {
            assertThatThrownBy(() -> new NewKey("x", null, null, null, end).entry(HASH, clock))
                    .as(end)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String end : List.of("2025-12-31", "2026-01-01", "2026-01-01T10:20:30Z", "2026-01-01T11:20:30+01:00")) {
            assertThatThrownBy(() -> new NewKey("x", null, null, null, end).entry(HASH, clock))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expires: " + end + " is over")
                    .hasMessageContaining("P90D");
        }
        assertThat(new NewKey("x", null, null, null, "2026-01-01T10:20:31Z").entry(HASH, clock))
                .contains("expires");
    }

    private static ApiKey key(String fields) {
        return keys("- { " + fields + " }").get(0);
    }

    private static List<ApiKey> keys(String text) {
        return new KeysFile(Path.of("keys.yaml")).keys(text.getBytes(StandardCharsets.UTF_8), Set.of("finance"));
    }
}
