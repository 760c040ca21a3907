package dev.windrow.common.source.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.common.source.jdbc.connect.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    private static SqlText text(String sql) {
        return SqlText.of(sql, Dialect.POSTGRESQL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select row_number() over (order by a) as n from t",
                "select a, row_number()OVER(order by a, b) n, c from t",
                "select rank() over w as \"N\", c from t window w as (partition by b, c order by a)",
                "select cast(row_number() over (order by a) as text) as n from t",
                "select coalesce(sum(a) over \"w\" + 1, 0) as n from t",
                "with q as (select a, row_number() over () as n from t) select * from q",
                "select * from (select row_number() over (order by (select 1)) as n, a from t) x",
                "select coalesce((select max(extract(day from b)) from u), row_number() over ()) as n from t",
                "select a, (select row_number() over () as n) as m from t"
            })
    void findsTheColumnThatAWindowFunctionMakes(String sql) {
        assertThat(text(sql).hasWindow()).isTrue();
        assertThat(text(sql).makes("n")).isTrue();
        assertThat(text(sql).makes("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select n, row_number() over (order by a) as r from t",
                "select n from (select lower(n) as n, row_number() over (partition by n order by a) as r from t) x where r = 1",
                "select a as n from t order by row_number() over (order by b), n",
                "select row_number() over (order by n) as r, n from t"
            })
    void doesNotTakeAnotherColumnForIt(String sql) {
        assertThat(text(sql).hasWindow()).isTrue();
        assertThat(text(sql).makes("n")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select lower(n) as n from t",
                "select 'row_number() over (order by a)' as n from t",
                "select a as n from t -- row_number() over (order by a) as n",
                "select a as n /* sum(a) over w as n */ from t",
                "select $$ over ( $$ as n from t",
                "select over, n from t",
                "select \"over\" as n from t",
                "select n from moreover (1)"
            })
    void seesNoWindowFunctionWhereNoneIs(String sql) {
        assertThat(text(sql).hasWindow()).isFalse();
        assertThat(text(sql).makes("n")).isFalse();
    }

    @Test
    void namesWhatMayBeAViewWithoutItsQuotes() {
        assertThat(SqlText.of("select [a b] from \"Plan\".`v`, Other where x = 'no'", Dialect.SQLITE)
                        .names())
                .contains("a b", "plan", "v", "other")
                .doesNotContain("no");
    }
}
