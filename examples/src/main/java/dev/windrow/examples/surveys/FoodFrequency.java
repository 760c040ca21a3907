package dev.windrow.examples.surveys;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.RealData;
import dev.windrow.examples.sample.Tables;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A wide table: what people eat, in 1,094 columns; the real people first, and variations of them after. */
final class FoodFrequency {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final long SEED = 5_000_011;
    private static final int COMB = 37;

    private FoodFrequency() {}

    static void write(Tables tables, long loadRows) throws SQLException, IOException {
        List<List<String>> rows = RealData.rows("ffq.csv.gz");
        List<@Nullable Object[]> people = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            people.add(row.stream().map(FoodFrequency::number).toArray());
        }
        tables.create(schema(rows.get(0), people));
        Tables.Table table = tables.into("ffq_wide", rows.get(0).size());
        for (int i = 0; i < Math.max(people.size(), loadRows / 100); i++) {
            @Nullable Object[] person = people.get(i % people.size()).clone();
            if (i >= people.size()) {
                vary(person, i);
            }
            table.add(person);
        }
    }

    private static @Nullable Object number(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return INTEGER.matcher(text).matches() ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
    }

    private static String schema(List<String> header, List<@Nullable Object[]> people) {
        List<String> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            while (!taken.add(name.toLowerCase(Locale.ROOT))) {
                name += "_";
            }
            int column = i;
            boolean whole = people.stream().noneMatch(person -> person[column] instanceof Double);
            columns.add('"' + name + "\" " + (i == 0 ? "INTEGER PRIMARY KEY" : whole ? "INTEGER" : "REAL"));
        }
        return "CREATE TABLE ffq_wide(" + String.join(", ", columns) + ")";
    }

    /** A moving comb of nulls and shifted amounts. */
    private static void vary(@Nullable Object[] person, int i) {
        person[0] = 100_000L + i;
        Chance chance = Chance.of(SEED + i);
        for (int column = 1 + (int) chance.below(COMB); column < person.length; column += COMB) {
            person[column] = person[column] instanceof Double amount ? (Object) (amount + chance.below(7)) : null;
        }
    }
}
