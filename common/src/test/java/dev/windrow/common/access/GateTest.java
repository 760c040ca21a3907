package dev.windrow.common.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.catalog.Column;
import dev.windrow.common.catalog.Column.Mask;
import dev.windrow.common.catalog.ColumnType;
import dev.windrow.common.catalog.Dataset;
import dev.windrow.common.catalog.Dataset.Access;
import dev.windrow.common.catalog.Dataset.Claim;
import dev.windrow.common.catalog.Dataset.Guard;
import dev.windrow.common.catalog.Dataset.Limits;
import dev.windrow.common.catalog.Dataset.Masking;
import dev.windrow.common.catalog.DatasetFile;
import dev.windrow.common.catalog.Format;
import dev.windrow.common.catalog.KeyPart;
import dev.windrow.common.catalog.Parameter;
import dev.windrow.common.catalog.ParameterType;
import dev.windrow.common.catalog.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GateTest {
    private static final Grant.Credential KEY = new Grant.Credential("api-key", "k");

    @Test
    void letsEverybodyToADatasetWithoutAccess() {
        assertThat(Gate.claims(dataset(Guard.NONE), Bearer.NOBODY)).contains(Map.of());
    }

    @Test
    void asksForOneOfTheRolesLetterByLetter() {
        Dataset dataset = dataset(guard(new Access(Set.of("finance", "sales"), List.of())));

        assertThat(Gate.claims(dataset, bearer(Set.of("sales", "x"), Map.of()))).isPresent();
        for (String role : List.of("Finance", "finance ", "admin", "fin", "")) {
            assertThat(Gate.claims(dataset, bearer(Set.of(role), Map.of())))
                    .as(role)
                    .isEmpty();
        }
        assertThat(Gate.claims(dataset, Bearer.NOBODY)).isEmpty();
        assertThat(Gate.claims(dataset, new Bearer(Set.of(), Map.of(), true))).isPresent();
    }

    @Test
    void asksForARequiredClaimAlsoOfWhoHasEveryRole() {
        Dataset dataset = dataset(claims(claim("tenant", "tenant_id", ParameterType.INTEGER, true)));

        assertThat(Gate.claims(dataset, new Bearer(Set.of(), Map.of(), true))).isEmpty();
        assertThat(Gate.claims(dataset, bearer(Set.of(), Map.of("tenant_id", 7))))
                .contains(Map.of("tenant", 7L));
    }

    @Test
    void bindsNullForAnOptionalClaimThatIsMissingButNotForAWrongOne() {
        Dataset dataset = dataset(claims(claim("tenant", "tenant_id", ParameterType.INTEGER, false)));

        Map<String, @Nullable Object> bound =
                Gate.claims(dataset, Bearer.NOBODY).orElseThrow();
        assertThat(bound).containsOnlyKeys("tenant");
        assertThat(bound.get("tenant")).isNull();
        assertThat(Gate.claims(dataset, bearer(Set.of(), Map.of("tenant_id", "7"))))
                .isEmpty();
    }

    /** Each value fits its own type, and those that JSON takes for the same, and no other. */
    @ParameterizedTest
    @EnumSource(ParameterType.class)
    void takesNoValueOfAnotherType(ParameterType type) {
        Map<Object, Set<ParameterType>> fitting = Map.of(
                "text",
                Set.of(ParameterType.STRING),
                "",
                Set.of(ParameterType.STRING),
                "2026-01-31",
                Set.of(ParameterType.STRING, ParameterType.DATE),
                "2026-01-31T12:00:00Z",
                Set.of(ParameterType.STRING, ParameterType.TIMESTAMP),
                7L,
                Set.of(ParameterType.INTEGER, ParameterType.NUMBER),
                7.5,
                Set.of(ParameterType.NUMBER),
                Double.NaN,
                Set.of(),
                true,
                Set.of(ParameterType.BOOLEAN),
                List.of("text"),
                Set.of(),
                Map.of("a", 1),
                Set.of());
        Dataset dataset = dataset(claims(claim("tenant", "t", type, true)));

        fitting.forEach((value, types) -> assertThat(Gate.claims(dataset, bearer(Set.of(), Map.of("t", value)))
                        .isPresent())
                .as("%s as %s", value, type)
                .isEqualTo(types.contains(type)));
    }

    @Test
    void keepsOfTheCredentialsOnlyWhatTheDatasetAsksFor() {
        Dataset dataset = dataset(new Guard(
                new Access(Set.of("finance"), List.of(claim("tenant", "tenant_id", ParameterType.INTEGER, true))),
                Limits.NONE,
                Map.of("email", new Masking(Set.of("support"), Mask.HASH), "note", new Masking(Set.of(), Mask.DROP))));
        Bearer bearer = bearer(
                Set.of("finance", "support", "secret-group"), Map.of("tenant_id", 7L, "address", "ann@example.com"));

        assertThat(Gate.grant(dataset, bearer, KEY, 9L))
                .contains(new Grant(
                        bearer(Set.of("finance", "support"), Map.of("tenant_id", 7L)),
                        Map.of("note", Mask.DROP),
                        KEY,
                        9L));
        assertThat(Gate.grant(dataset, Bearer.NOBODY, KEY, null)).isEmpty();
    }

    @Test
    void holdsNoGrantThatTheCatalogGivesLessThanByNow() {
        Guard open = new Guard(null, Limits.NONE, Map.of());
        Grant grant = Gate.grant(dataset(open), Bearer.NOBODY, KEY, null).orElseThrow();

        assertThat(Gate.held(dataset(open), grant)).isPresent();
        assertThat(Gate.held(dataset(masked(Mask.HASH)), grant)).isEmpty();
        assertThat(Gate.held(dataset(guard(new Access(Set.of("finance"), List.of()))), grant))
                .isEmpty();

        Grant hashed =
                Gate.grant(dataset(masked(Mask.HASH)), Bearer.NOBODY, KEY, null).orElseThrow();
        assertThat(Gate.held(dataset(masked(Mask.HASH)), hashed)).isPresent();
        assertThat(Gate.held(dataset(open), hashed)).as("more is given by now").isPresent();
        assertThat(Gate.held(dataset(masked(Mask.LAST4)), hashed)).isEmpty();
        assertThat(Gate.held(dataset(masked(Mask.DROP)), hashed)).isEmpty();
        Grant dropped =
                Gate.grant(dataset(masked(Mask.DROP)), Bearer.NOBODY, KEY, null).orElseThrow();
        assertThat(Gate.held(dataset(masked(Mask.LAST4)), dropped))
                .as("hides more")
                .isPresent();
    }

    @Test
    void coversAnArchiveForWhoWouldGetAllOfItNow() {
        Dataset dataset = dataset(new Guard(
                new Access(Set.of(), List.of(claim("tenant", "tenant_id", ParameterType.NUMBER, true))),
                Limits.NONE,
                Map.of("email", new Masking(Set.of("support"), Mask.HASH))));
        Bearer seeing = bearer(Set.of("support"), Map.of("tenant_id", new BigDecimal("7.0")));
        Bearer other = bearer(Set.of("support"), Map.of("tenant_id", 8));
        Bearer masked = bearer(Set.of(), Map.of("tenant_id", 7L));
        Grant plain = Gate.grant(dataset, seeing, KEY, null).orElseThrow();
        Grant hashed = Gate.grant(dataset, masked, KEY, null).orElseThrow();

        assertThat(Gate.covers(dataset, seeing, plain)).isTrue();
        assertThat(Gate.covers(dataset, seeing, hashed)).isTrue();
        assertThat(Gate.covers(dataset, masked, hashed)).isTrue();
        assertThat(Gate.covers(dataset, masked, plain)).isFalse();
        assertThat(Gate.covers(dataset, other, plain)).isFalse();
        assertThat(Gate.covers(dataset, Bearer.NOBODY, plain)).isFalse();
        assertThat(Gate.covers(dataset, seeing, Grant.UNKNOWN)).isFalse();
        assertThat(Gate.isAlike(dataset, plain, plain)).isTrue();
        assertThat(Gate.isAlike(dataset, plain, hashed)).isFalse();
        assertThat(Gate.isAlike(dataset, Grant.UNKNOWN, Grant.UNKNOWN)).isFalse();
    }

    @Test
    void masksForEverybodyWhereNoRoleMayKnow() {
        Bearer alone = new Bearer(Set.of(), Map.of(), true);
        Dataset nobodys = dataset(new Guard(null, Limits.NONE, Map.of("email", new Masking(Set.of(), Mask.HASH))));
        assertThat(Gate.masks(nobodys, alone)).containsExactly(Map.entry("email", Mask.HASH));
        assertThat(Gate.masks(nobodys, Bearer.NOBODY)).containsExactly(Map.entry("email", Mask.HASH));
        assertThat(Gate.masks(dataset(masked(Mask.HASH)), alone)).isEmpty();
        assertThat(Gate.covers(nobodys, alone, Grant.UNKNOWN)).isFalse();
    }

    @Test
    void coversAnArchiveFromBeforeWhereNothingIsRestricted() {
        assertThat(Gate.covers(dataset(Guard.NONE), Bearer.NOBODY, Grant.UNKNOWN))
                .isTrue();
        assertThat(Gate.covers(dataset(masked(Mask.HASH)), Bearer.NOBODY, Grant.UNKNOWN))
                .isFalse();
        assertThat(Gate.covers(dataset(masked(Mask.HASH)), new Bearer(Set.of(), Map.of(), true), Grant.UNKNOWN))
                .isTrue();
    }

    private static Guard guard(Access access) {
        return new Guard(access, Limits.NONE, Map.of());
    }

    private static Guard claims(Claim... claims) {
        return guard(new Access(Set.of(), List.of(claims)));
    }

    private static Guard masked(Mask mask) {
        return new Guard(null, Limits.NONE, Map.of("email", new Masking(Set.of("support"), mask)));
    }

    private static Claim claim(String name, String from, ParameterType type, boolean required) {
        Parameter.TimestampBinding bind = type == ParameterType.TIMESTAMP ? Parameter.TimestampBinding.MILLIS : null;
        return new Claim(
                new Parameter(
                        name,
                        new Parameter.Kind(type, false, bind),
                        required,
                        null,
                        Parameter.Words.NONE,
                        Parameter.Limits.NONE),
                from);
    }

    private static Bearer bearer(Set<String> roles, Map<String, Object> claims) {
        return new Bearer(roles, claims, false);
    }

    private static Dataset dataset(Guard guard) {
        List<Column> columns = List.of(
                new Column("id", ColumnType.INTEGER, false, null), new Column("email", ColumnType.STRING, false, null));
        return new Dataset(
                new Dataset.Label("people", "People", null),
                new Dataset.Reading(new Source("hr", "jdbc:sqlite:hr.db", null, null), true, Dataset.Consistency.BATCH),
                List.of(Format.CSV),
                List.of(),
                null,
                List.of(new DatasetFile("people", "select …", List.of(new KeyPart("id", false)), columns, 10)),
                guard);
    }
}
