package dev.windrow.common.catalog;

import static dev.windrow.common.catalog.ParameterType.BOOLEAN;
import static dev.windrow.common.catalog.ParameterType.DATE;
import static dev.windrow.common.catalog.ParameterType.INTEGER;
import static dev.windrow.common.catalog.ParameterType.NUMBER;
import static dev.windrow.common.catalog.ParameterType.STRING;
import static dev.windrow.common.catalog.ParameterType.TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.windrow.common.catalog.BoundParameters.InvalidParametersException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterBinderTest {
    private static final String DATE_EXPECTED = "expected a date such as \"2026-01-31\"";
    private static final String TIME_EXPECTED =
            "expected an RFC 3339 time with its offset, such as \"2026-01-31T12:00:00Z\"";
    private static final String LONG_EXPECTED = "expected an integer from -9223372036854775808 to 9223372036854775807";
    private static final String NUMBER_EXPECTED =
            "expected a number between -1e308 and 1e308 with at most 400 decimal places";

    @ParameterizedTest
    @MethodSource
    void binds(Parameters parameter, Object given, Object json, Object sql) throws InvalidParametersException {
        BoundParameters bound = bind(parameter, given);

        assertThat(bound.json()).isEqualTo(Map.of("p", json));
        assertThat(bound.sql()).containsEntry("p", sql);
    }

    static Stream<Arguments> binds() {
        return Stream.of(
                arguments(Parameters.of(STRING), "", "", ""),
                arguments(Parameters.of(STRING), "5", "5", "5"),
                arguments(Parameters.of(STRING), "select 1; --\n", "select 1; --\n", "select 1; --\n"),
                arguments(Parameters.of(STRING).length(2, 2), "\uD83D\uDE00é", "\uD83D\uDE00é", "\uD83D\uDE00é"),
                arguments(Parameters.of(STRING).pattern("b+"), "abbc", "abbc", "abbc"),
                arguments(Parameters.of(STRING).pattern("^a\n$"), "a\n", "a\n", "a\n"),
                arguments(Parameters.of(STRING).allowed("a", "b"), "b", "b", "b"),
                arguments(Parameters.of(INTEGER), 5, 5L, 5L),
                arguments(Parameters.of(INTEGER), -5L, -5L, -5L),
                arguments(
                        Parameters.of(INTEGER), new BigInteger("9223372036854775807"), Long.MAX_VALUE, Long.MAX_VALUE),
                arguments(Parameters.of(INTEGER), Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE),
                arguments(Parameters.of(INTEGER), new BigDecimal("5.0"), 5L, 5L),
                arguments(Parameters.of(INTEGER), 5e3, 5000L, 5000L),
                arguments(Parameters.of(INTEGER), new BigDecimal("0e999999999"), 0L, 0L),
                arguments(Parameters.of(INTEGER).range("1", "9"), 9, 9L, 9L),
                arguments(Parameters.of(INTEGER).allowed(5L), new BigDecimal("5.0"), 5L, 5L),
                arguments(Parameters.of(NUMBER), 5, 5L, new BigDecimal("5")),
                arguments(Parameters.of(NUMBER), 5.50, new BigDecimal("5.5"), new BigDecimal("5.5")),
                arguments(Parameters.of(NUMBER), 0.1f, new BigDecimal("0.1"), new BigDecimal("0.1")),
                arguments(Parameters.of(NUMBER), new BigDecimal("5.00"), 5L, new BigDecimal("5")),
                arguments(
                        Parameters.of(NUMBER),
                        new BigInteger("9223372036854775808"),
                        new BigInteger("9223372036854775808"),
                        new BigDecimal("9223372036854775808")),
                arguments(
                        Parameters.of(NUMBER),
                        Double.MIN_VALUE,
                        new BigDecimal("4.9E-324"),
                        new BigDecimal("4.9E-324")),
                arguments(
                        Parameters.of(NUMBER).allowed(new BigDecimal("0.50")),
                        0.5,
                        new BigDecimal("0.5"),
                        new BigDecimal("0.5")),
                arguments(Parameters.of(BOOLEAN), false, false, false),
                arguments(Parameters.of(DATE), "2024-02-29", "2024-02-29", "2024-02-29"),
                arguments(Parameters.of(DATE), "0001-01-01", "0001-01-01", "0001-01-01"),
                arguments(Parameters.of(TIMESTAMP), "1970-01-01T00:00:01Z", "1970-01-01T00:00:01Z", 1000L),
                arguments(Parameters.of(TIMESTAMP), "1970-01-01t00:00:00.0019z", "1970-01-01t00:00:00.0019z", 1L),
                arguments(Parameters.of(TIMESTAMP), "1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.9999Z", -1L),
                arguments(
                        Parameters.of(TIMESTAMP), "1970-01-01T00:00:00+23:59", "1970-01-01T00:00:00+23:59", -86340000L),
                arguments(Parameters.of(TIMESTAMP), "1970-01-01T00:00:00-00:30", "1970-01-01T00:00:00-00:30", 1800000L),
                arguments(
                        Parameters.of(TIMESTAMP).bindText(),
                        "2026-01-31T12:00:00.500+01:00",
                        "2026-01-31T12:00:00.500+01:00",
                        "2026-01-31T11:00:00.500Z"),
                arguments(
                        Parameters.of(INTEGER).list().range("1", null),
                        List.of(3, new BigDecimal("4.0"), 3),
                        List.of(3L, 4L, 3L),
                        List.of(3L, 4L, 3L)),
                arguments(
                        Parameters.of(TIMESTAMP).list(),
                        List.of("1970-01-01T00:00:00Z"),
                        List.of("1970-01-01T00:00:00Z"),
                        List.of(0L)));
    }

    @ParameterizedTest
    @MethodSource
    void refuses(Parameters parameter, Object given, String detail) {
        assertThat(faults(List.of(parameter.get()), Map.of("p", given)))
                .containsExactly(new Fault("/parameters/p", detail));
    }

    static Stream<Arguments> refuses() {
        return Stream.of(
                arguments(Parameters.of(STRING), 5, "expected a string, not an integer"),
                arguments(Parameters.of(STRING), true, "expected a string, not a boolean"),
                arguments(Parameters.of(STRING), List.of("a"), "expected a string, not a list"),
                arguments(Parameters.of(STRING), Map.of(), "expected a string, not an object"),
                arguments(Parameters.of(STRING), "a\0b", "holds a NUL character, which no value may"),
                arguments(Parameters.of(STRING), "a\uD83D", "holds half a surrogate pair, which is no character"),
                arguments(Parameters.of(STRING), "\uDE00\uD83D", "holds half a surrogate pair, which is no character"),
                arguments(
                        Parameters.of(STRING).length(2, null), "\uD83D\uDE00", "expected at least 2 characters, not 1"),
                arguments(Parameters.of(STRING).length(null, 1), "abc", "expected at most 1 character, not 3"),
                arguments(
                        Parameters.of(STRING).pattern("^[a-z]+$"),
                        "A",
                        "expected a text that matches the pattern ^[a-z]+$"),
                arguments(
                        Parameters.of(STRING).pattern("^[a-z]+$"),
                        "a\n",
                        "expected a text that matches the pattern ^[a-z]+$"),
                arguments(Parameters.of(STRING).allowed("a", "b"), "c", "expected one of \"a\", \"b\""),
                arguments(Parameters.of(INTEGER), "5", "expected an integer, not a string"),
                arguments(Parameters.of(INTEGER), 5.5, "expected an integer, not a number with a fraction"),
                arguments(
                        Parameters.of(INTEGER),
                        new BigDecimal("1e-999999999"),
                        "expected an integer, not a number with a fraction"),
                arguments(Parameters.of(INTEGER), new BigInteger("9223372036854775808"), LONG_EXPECTED),
                arguments(Parameters.of(INTEGER), new BigInteger("-9223372036854775809"), LONG_EXPECTED),
                arguments(Parameters.of(INTEGER), new BigDecimal("1e999999999"), LONG_EXPECTED),
                arguments(Parameters.of(INTEGER), new BigDecimal("1000e2147483646"), LONG_EXPECTED),
                arguments(Parameters.of(INTEGER).range("0", null), -1, "expected at least 0"),
                arguments(Parameters.of(INTEGER).range(null, "1e3"), 1001, "expected at most 1000"),
                arguments(Parameters.of(INTEGER).allowed(1L, 2L), 3, "expected one of 1, 2"),
                arguments(Parameters.of(NUMBER), "5.5", "expected a number, not a string"),
                arguments(Parameters.of(NUMBER), Double.NaN, NUMBER_EXPECTED),
                arguments(Parameters.of(NUMBER), new BigDecimal("1e309"), NUMBER_EXPECTED),
                arguments(Parameters.of(NUMBER), new BigDecimal("1e-401"), NUMBER_EXPECTED),
                arguments(Parameters.of(NUMBER), new BigDecimal("1." + "0".repeat(1000)), NUMBER_EXPECTED),
                arguments(Parameters.of(NUMBER).range("0.5", null), 0.25, "expected at least 0.5"),
                arguments(Parameters.of(BOOLEAN), "true", "expected true or false, not a string"),
                arguments(Parameters.of(BOOLEAN), 1, "expected true or false, not an integer"),
                arguments(Parameters.of(DATE), 20260131, DATE_EXPECTED + ", not an integer"),
                arguments(Parameters.of(DATE), "2026-02-29", DATE_EXPECTED),
                arguments(Parameters.of(DATE), "0000-01-01", DATE_EXPECTED),
                arguments(Parameters.of(DATE), "2026-1-31", DATE_EXPECTED),
                arguments(Parameters.of(DATE), "2026-01-31\n", DATE_EXPECTED),
                arguments(Parameters.of(DATE), "٢٠٢٦-01-31", DATE_EXPECTED),
                arguments(Parameters.of(TIMESTAMP), "2026-01-31", TIME_EXPECTED),
                arguments(Parameters.of(TIMESTAMP), "2026-01-31T12:00:00", TIME_EXPECTED),
                arguments(Parameters.of(TIMESTAMP), "2026-01-31 12:00:00Z", TIME_EXPECTED),
                arguments(Parameters.of(TIMESTAMP), "2026-01-31T12:00Z", TIME_EXPECTED),
                arguments(Parameters.of(TIMESTAMP), "2026-01-31T24:00:00Z", TIME_EXPECTED),
                arguments(Parameters.of(TIMESTAMP), "2026-06-30T23:59:60Z", TIME_EXPECTED),
                arguments(Parameters.of(TIMESTAMP), "2026-01-31T12:00:00+24:00", TIME_EXPECTED),
                arguments(Parameters.of(TIMESTAMP), "2026-01-31T12:00:00.1234567891Z", TIME_EXPECTED),
                arguments(Parameters.of(TIMESTAMP), "0001-01-01T00:00:00+00:01", TIME_EXPECTED),
                arguments(Parameters.of(TIMESTAMP), "9999-12-31T23:59:59-00:01", TIME_EXPECTED),
                arguments(Parameters.of(STRING).list(), "a", "expected a list of string values, not a string"),
                arguments(Parameters.of(STRING).list(), List.of(), "expected 1 to 1000 values, not 0"),
                arguments(
                        Parameters.of(STRING).list(),
                        Collections.nCopies(1001, "a"),
                        "expected 1 to 1000 values, not 1001"));
    }

    @Test
    void namesTheItemsOfAListThatDoNotFit() {
        Parameter ids = Parameters.named("ids", INTEGER).list().get();

        assertThat(faults(List.of(ids), Map.of("ids", Arrays.asList(1, "2", 3, null))))
                .containsExactly(
                        new Fault("/parameters/ids/1", "expected an integer, not a string"),
                        new Fault("/parameters/ids/3", "expected an integer, not null"));
    }

    @Test
    void takesAThousandValues() throws InvalidParametersException {
        List<Object> values = Collections.nCopies(Parameter.MAX_LIST, 1L);

        assertThat(bind(Parameters.of(INTEGER).list(), values).sql()).containsEntry("p", values);
    }

    @Test
    void namesAllFaultsAtOnceInTheOrderOfTheDataset() {
        List<Parameter> parameters = List.of(
                Parameters.named("id", STRING).required().get(),
                Parameters.named("from", INTEGER).get(),
                Parameters.named("code", STRING).length(3, null).pattern("^a").get());
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("frm", 1);
        given.put("code", "b");
        given.put("from", "x");

        assertThat(faults(parameters, given))
                .containsExactly(
                        new Fault("/parameters/id", "is required"),
                        new Fault("/parameters/from", "expected an integer, not a string"),
                        new Fault("/parameters/code", "expected at least 3 characters, not 1"),
                        new Fault("/parameters/frm", "unknown parameter; this dataset has id, from, code"));
    }

    @Test
    void escapesNamesInPointers() {
        assertThat(faults(List.of(), Map.of("a/b~c\uD800", 1)))
                .containsExactly(
                        new Fault("/parameters/a~1b~0c\uFFFD", "unknown parameter; this dataset has no parameters"));
    }

    @Test
    void countsAnExplicitNullAsNotGiven() throws InvalidParametersException {
        Parameter withDefault =
                Parameters.named("limit", INTEGER).defaultValue(7L).get();
        Parameter without = Parameters.named("name", STRING).get();
        Parameter required = Parameters.named("id", STRING).required().get();
        Map<String, @Nullable Object> nulls = new LinkedHashMap<>();
        nulls.put("limit", null);
        nulls.put("name", null);

        BoundParameters bound = ParameterBinder.bind(List.of(withDefault, without), nulls, "ann");

        assertThat(bound.json()).isEqualTo(Map.of("limit", 7L));
        assertThat(bound.sql())
                .containsEntry("limit", 7L)
                .containsEntry("name", null)
                .containsEntry("principal", "ann");
        nulls.put("id", null);
        assertThat(faults(List.of(withDefault, without, required), nulls))
                .containsExactly(new Fault("/parameters/id", "is required"));
    }

    @Test
    void appliesADefaultAsIfItHadBeenGiven() throws InvalidParametersException {
        Parameters from = Parameters.of(TIMESTAMP).defaultValue("1970-01-01T00:00:00Z");

        BoundParameters bound = ParameterBinder.bind(List.of(from.get()), Map.of(), "ann");

        assertThat(bound.json()).isEqualTo(Map.of("p", "1970-01-01T00:00:00Z"));
        assertThat(bound.sql()).containsEntry("p", 0L);
    }

    @Test
    void refusesAPrincipalFromTheCaller() {
        assertThat(faults(List.of(), Map.of("principal", "bob")))
                .containsExactly(
                        new Fault("/parameters/principal", "is always the caller's own name and cannot be given"));
    }

    @Test
    void endsAPatternThatWouldBacktrackForever() {
        assertThat(faults(
                        List.of(Parameters.of(STRING).pattern("^(a+)+$").get()), Map.of("p", "a".repeat(60_000) + "!")))
                .containsExactly(new Fault("/parameters/p", "expected a text that matches the pattern ^(a+)+$"));
    }

    @Test
    void survivesAPatternThatOverflowsTheStack() {
        assertThat(faults(List.of(Parameters.of(STRING).pattern("^(?:a|b)*$").get()), Map.of("p", "ab".repeat(30_000))))
                .containsExactly(new Fault("/parameters/p", "expected a text that matches the pattern ^(?:a|b)*$"));
    }

    @Test
    void neverRepeatsAValue() {
        assertThat(faults(
                        List.of(
                                Parameters.named("a", INTEGER).get(),
                                Parameters.named("b", STRING).pattern("x").get(),
                                Parameters.named("c", DATE).get(),
                                Parameters.named("d", STRING).allowed("x").get()),
                        Map.of("a", "hunter2", "b", "hunter2", "c", "hunter2", "d", "hunter2")))
                .hasSize(4)
                .noneMatch(fault -> fault.toString().contains("hunter2"));
    }

    private static BoundParameters bind(Parameters parameter, Object given) throws InvalidParametersException {
        return ParameterBinder.bind(List.of(parameter.get()), Map.of("p", given), "ann");
    }

    private static List<Fault> faults(List<Parameter> parameters, Map<String, @Nullable Object> given) {
        return Assertions.catchThrowableOfType(
                        InvalidParametersException.class, () -> ParameterBinder.bind(parameters, given, "ann"))
                .faults();
    }

    /** Each of them alone takes as many reads as a value may. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endsAPatternThatWouldBacktrackOnEachValueOfAList() {
        List<String> values = Collections.nCopies(1_000, "a".repeat(50) + "!");

        assertThat(faults(
                        List.of(Parameters.of(STRING).list().pattern("^(a+)+$").get()), Map.of("p", values)))
                .hasSize(1_000);
    }
}
