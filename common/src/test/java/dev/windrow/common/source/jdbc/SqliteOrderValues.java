package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.jdbc.RandomTable.Cells;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What SQLite's columns may be declared as, what they may hold whatever that says, and what may be made of it. */
final class SqliteOrderValues {
    static final List<String> DECLARED = List.of(
            "",
            "integer",
            "real",
            "text",
            "numeric",
            "blob",
            "any",
            "text collate nocase",
            "text collate rtrim",
            "collate nocase",
            "int collate rtrim");

    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "2",
            "3",
            "10",
            "-1",
            "1.0",
            "2.5",
            "-0.0",
            "0.1",
            "1e300",
            "-1e300",
            "9e999",
            "-9e999",
            "9007199254740992",
            "9007199254740993",
            "9007199254740992.0",
            "9223372036854775807",
            "-9223372036854775808",
            "9.2233720368547758e18",
            "1152921504606846976",
            "1152921504606846976.0",
            "5e-324");

    private static final List<String> TEXTS = List.of(
            "''",
            "'a'",
            "'A'",
            "'a '",
            "'A  '",
            "'b'",
            "'B'",
            "'ab'",
            "'aB '",
            "'Z'",
            "'_'",
            "' '",
            "'é'",
            "'É'",
            "'e\u0301'",
            "'ß'",
            "'ss'",
            "'\u0130'",
            "'\u0131'",
            "'K'",
            "'\u212a'",
            "'10'",
            "'2'",
            "'02'",
            "'1.0'",
            "'1e0'",
            "' 1'",
            "char(0)",
            "char(97, 0)",
            "char(97, 0, 98)",
            "char(65533)",
            "char(128512)",
            "char(57344)",
            "'it''s'");

    private static final List<String> BLOBS = List.of("x''", "x'0000'", "x'6161'", "x'616161'", "x'7f7f'", "x'3130'");

    static final List<String> EXPRESSIONS = List.of(
            "lower(c)",
            "c || ''",
            "c + 0",
            "-c",
            "+c",
            "(c)",
            "coalesce(c, 'x')",
            "cast(c as text)",
            "cast(c as numeric)",
            "cast(c as integer)",
            "cast(c as blob)",
            "length(c)",
            "typeof(c)",
            "hex(c)",
            "c collate nocase",
            "c collate binary",
            "c collate rtrim",
            "case when id % 2 then c else 'x' end",
            "iif(id % 3, c, id)",
            "substr(c, 1, 2)",
            "c is null",
            "max(c, '5')",
            "json_array(c is null, id % 5)");

    private SqliteOrderValues() {}

    /** A few values, of one storage class or of several. */
    static Cells some(Random random) {
        List<String> values = new ArrayList<>();
        int kind = random.nextInt(5);
        if (kind != 1) {
            values.addAll(NUMBERS);
        }
        if (kind != 0) {
            values.addAll(TEXTS);
        }
        if (kind > 2) {
            values.addAll(BLOBS);
        }
        Collections.shuffle(values, random);
        return RandomTable.oneOf(List.copyOf(values.subList(0, 3 + random.nextInt(values.size() - 3))));
    }
}
