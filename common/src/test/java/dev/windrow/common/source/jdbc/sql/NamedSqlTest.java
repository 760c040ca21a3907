package dev.windrow.common.source.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.windrow.common.source.jdbc.connect.Dialect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedSqlTest {
    @Test
    void findsParametersInTheirOrderAndAsOftenAsTheyAreUsed() {
        NamedSql sql = NamedSql.parse("select a from t where b >= :from and (:to is null or b < :to)", Dialect.SQLITE);
        assertThat(sql.parameters()).containsExactly("from", "to", "to");
        assertThat(sql.names()).containsExactly("from", "to");
    }

    @Test
    void bindsValuesExpandsListsAndWritesNullsAsAKeyword() {
        NamedSql sql = NamedSql.parse("a = :a and b in (:b) and c = :c and d in (:d)", Dialect.SQLITE);
        Map<String, Object> values = new HashMap<>(Map.of("a", "x", "b", List.of(1L, 2L, 3L), "d", List.of()));
        values.put("c", null);
        NamedSql.Bound bound = sql.bind(values);
        assertThat(bound.sql()).isEqualTo("a = ? and b in (?, ?, ?) and c = null and d in (null)");
        assertThat(bound.values()).containsExactly("x", 1L, 2L, 3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {":b is null", "(:b) is null", "( :b ) Is Not Null", ":b\n  is\tnull"})
    void asksOfOneValueOnlyWhetherAListIsNull(String condition) {
        NamedSql.Bound bound =
                NamedSql.parse(condition + " or c in (:b)", Dialect.SQLITE).bind(Map.of("b", List.of(1L, 2L)));
        assertThat(bound.sql()).isEqualTo(condition.replace(":b", "?") + " or c in (?, ?)");
        assertThat(bound.values()).containsExactly(1L, 1L, 2L);
    }

    @Test
    void namesTheParameterThatHasNoValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedSql.parse(":there :gone", Dialect.SQLITE).bind(Map.of("there", 1L)))
                .withMessage("no value for :gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ':a', \":a\", `:a`, [:a] from t",
                "select 'it''s :a' from t",
                "select 1 -- :a",
                "select 1 /* :a */ from t",
                "select flags &mask, 5&7 from t",
                "select 12:30",
                "select a::text from t"
            })
    void leavesAloneWhatOnlyLooksLikeAParameter(String sql) {
        NamedSql parsed = NamedSql.parse(sql, Dialect.SQLITE);
        assertThat(parsed.parameters()).isEmpty();
        assertThat(parsed.texts()).containsExactly(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select $$ :a $$ || $x$ :a $$ $x$",
                "select e'it\\'s :a'",
                "select 1 /* a /* b */ :a */",
                "select x::timestamptz"
            })
    void knowsPostgresqlsQuotesAndComments(String sql) {
        assertThat(NamedSql.parse(sql, Dialect.POSTGRESQL).texts()).containsExactly(sql);
    }

    @Test
    void doublesTheQuestionMarkOfPostgresqlsOperators() {
        assertThat(NamedSql.parse("a ? 'x' and b ?| c and d ?? 'y' and '?' = :e", Dialect.POSTGRESQL)
                        .texts())
                .containsExactly("a ?? 'x' and b ??| c and d ?? 'y' and '?' = ", "");
    }

    @Test
    void refusesAPositionalParameter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedSql.parse("select 1 where a = ?", Dialect.SQLITE))
                .withMessageContaining("positional");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1;", "select 1 ; \n", "select 1;-- done;", "select 1;/* :a ; */;"})
    void cutsTheEndOfTheStatement(String sql) {
        assertThat(NamedSql.parse(sql, Dialect.SQLITE).texts().get(0).strip()).isEqualTo("select 1");
    }

    @Test
    void refusesASecondStatement() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedSql.parse("select 1; drop table t", Dialect.SQLITE))
                .withMessage("the query is more than one statement");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 'a", "select /* a", "select \"a", "select [a", "select -- a", ":", "::", "$"})
    void leavesUnfinishedTextToTheDatabase(String sql) {
        assertThat(NamedSql.parse(sql, Dialect.SQLITE).texts()).containsExactly(sql);
        assertThat(NamedSql.parse(sql, Dialect.POSTGRESQL).texts()).containsExactly(sql);
    }
}
