package dev.windrow.common.source.jdbc;

import static dev.windrow.common.source.jdbc.SqliteOrderValues.some;

import dev.windrow.common.source.jdbc.RandomTable.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Cases for SQLite: any storage class in any column, and every way in which a query may come to its rows. */
final class SqliteOrderCases implements OrderCase.Maker {
    @Override
    public OrderCase next(Random random) {
        return new Draft(random).made();
    }

    private static final class Draft extends OrderDraft {
        Draft(Random random) {
            super(random);
        }

        OrderCase made() {
            table("t", 1);
            String query = random.nextInt(3) == 0 ? ofTwoTables() : random.nextBoolean() ? ofOneTable() : computed();
            List<String> others = each(i -> "k" + i).stream()
                    .filter(part -> random.nextInt(4) > 0)
                    .toList();
            return new OrderCase(setup, tables, query, key(), exported(others), keepsRows);
        }

        private String ofOneTable() {
            String plain = "select id, " + cells("") + ", p from t";
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    return plain + where();
                }
                case 2 -> {
                    setup.add("create view v as " + (plain + where()).replace(":low", "0"));
                    return "select * from v";
                }
                case 3 -> {
                    return "with x as " + pick("", "materialized", "not materialized") + " (" + plain + where()
                            + ") select * from x where id > :low";
                }
                case 4 -> {
                    return "select distinct * from (" + plain + " limit 1000000)";
                }
                default -> {
                    return "select t.id, " + cells("")
                            + ", p, value as v from t, json_each('[1, \"a\"]') where value = 1"
                            + " and t.id in (select id from t where id > :low)";
                }
            }
        }

        private String computed() {
            switch (random.nextInt(6)) {
                case 0 -> {
                    setup.add("create table g(n integer primary key, w text collate nocase)");
                    setup.add("insert into g values (0, 'b'), (1, 'A'), (2, 'c')");
                    return "select t.id, " + cells("t.") + ", t.p, w from t " + pick("join", "left join")
                            + " g on g.n = t.id % " + pick("3", "2");
                }
                case 1 -> {
                    keepsRows = false;
                    String by = String.join(", ", each(i -> "c" + i));
                    return "select min(id) as id, " + cells("") + ", max(p) as p from t group by " + by;
                }
                case 2 -> {
                    keepsRows = false;
                    String number = "row_number() over (order by c0" + pick(" desc", "") + ", id) as k0";
                    return "select id, " + String.join(", ", each(i -> i == 0 ? number : "c" + i + " as k" + i))
                            + ", p from t";
                }
                default -> {
                    return "select id, " + expressions() + ", p from t" + where();
                }
            }
        }

        private String ofTwoTables() {
            table("u", SECOND);
            String one = "select id, " + cells("") + ", p from t";
            String other = "select id, " + cells("") + ", p from u";
            return switch (random.nextInt(7)) {
                case 0 -> one + " union " + other;
                case 1 ->
                    "select * from (" + one + " union all select id, " + expressions() + ", p from u) where id > :low"
                            + " union all values (-1, "
                            + String.join(", ", each(i -> some(random).next(random))) + ", 'x')";
                case 2 ->
                    one + " where id in (select id from t) " + pick("except ", "intersect ")
                            + pick(one + " where id % 3", other);
                default -> one + where() + " union all " + other + where();
            };
        }

        private void table(String name, long firstId) {
            List<Cells> made = new ArrayList<>();
            boolean withoutRowid = random.nextInt(4) == 0;
            for (int i = 0; i < width; i++) {
                boolean nulls = !withoutRowid && random.nextInt(3) == 0;
                made.add(nulls ? RandomTable.withNulls(some(random), 40) : some(random));
            }
            String cells = String.join(", ", each(i -> "c" + i + " " + declared()));
            String primary = String.join(", ", each(i -> "c" + i + pick("", " desc")));
            setup.add("create table " + name + "("
                    + (withoutRowid
                            ? "id integer, " + cells + ", p, primary key(" + primary + ", id)) without rowid"
                            : pick("id integer primary key, ", "id integer, ", "id integer unique, ") + cells
                                    + ", p)"));
            for (int i = random.nextInt(3); i > 0; i--) {
                String partly = pick("", "", "", " where c0 > 1", " where c0 is not null");
                setup.add("create index " + name + i + " on " + name + "(" + indexedOrComputed() + ")" + partly);
            }
            tables.add(new RandomTable(name, made, firstId));
        }

        private String declared() {
            List<String> all = SqliteOrderValues.DECLARED;
            return all.get(random.nextInt(all.size()));
        }

        private String indexedOrComputed() {
            List<String> parts = new ArrayList<>(indexed());
            if (random.nextInt(5) == 0) {
                parts.add(0, expression(0));
            }
            return parts.stream()
                    .map(part -> part + pick("", " desc", "", " collate nocase"))
                    .collect(Collectors.joining(", "));
        }

        private String expressions() {
            return String.join(", ", each(i -> (random.nextInt(3) == 0 ? "c" + i : expression(i)) + " as k" + i));
        }

        private String expression(int cell) {
            List<String> all = SqliteOrderValues.EXPRESSIONS;
            return all.get(random.nextInt(all.size())).replaceAll("\\bc\\b", "c" + cell);
        }

        private String where() {
            return switch (random.nextInt(5)) {
                case 0 -> " where c0 >= " + some(random).next(random);
                case 1 -> " where id between :low and 20000000";
                case 2 ->
                    " where c0 not between " + some(random).next(random) + " and "
                            + some(random).next(random);
                default -> "";
            };
        }
    }
}
