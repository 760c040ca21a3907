package dev.windrow.common.source.jdbc;

import dev.windrow.common.source.jdbc.RandomTable.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Cases for PostgreSQL: every type that has an order, and every way to come to rows. */
final class PostgresqlOrderCases implements OrderCase.Maker {
    @Override
    public OrderCase next(Random random) {
        return new Draft(random).made();
    }

    private static final class Draft extends OrderDraft {
        private final List<PostgresqlOrderColumn> columns = new ArrayList<>();
        /** Which of the values that are equal stands for a group is not said anywhere. */
        private boolean hasValues = true;

        Draft(Random random) {
            super(random);
            for (int i = 0; i < width; i++) {
                columns.add(PostgresqlOrderColumn.any(random));
            }
        }

        OrderCase made() {
            table("t", 1, columns);
            String query = random.nextBoolean() ? ofTables() : computed();
            // As text too, since only that shows every value.
            List<String> texts = each(i -> "k" + i + "::text as x" + i);
            List<String> exported = exported(hasValues ? each(i -> "x" + i) : List.of());
            return new OrderCase(
                    setup,
                    tables,
                    "select *, " + String.join(", ", texts) + " from (" + query + ") z",
                    key(),
                    exported,
                    keepsRows);
        }

        private String ofTables() {
            String plain = "select id, " + cells("") + ", p from t" + where();
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    return plain;
                }
                case 2 -> {
                    setup.add("create view v as " + plain.replace(":low", "0"));
                    return "select * from v";
                }
                case 3, 4 -> {
                    table(
                            "u",
                            SECOND,
                            columns.stream().map(column -> column.alike(random)).toList());
                    return plain + " union all select id, " + cells("") + ", p from u";
                }
                case 5 -> {
                    return "with x as " + pick("materialized", "not materialized") + " (" + plain
                            + ") select * from x where id > :low";
                }
                default -> {
                    return "select distinct * from (" + plain + " limit 1000000) y";
                }
            }
        }

        private String computed() {
            switch (random.nextInt(6)) {
                case 0 -> {
                    return "select t.id, " + cells("t.") + ", t.p, w from t " + pick("join", "left join")
                            + " (values (0, 'b'), (1, 'A'), (2, 'c')) g(n, w) on g.n = t.id % " + pick("3", "2");
                }
                case 1 -> {
                    keepsRows = false;
                    hasValues = false;
                    String by = String.join(", ", each(i -> "c" + i));
                    return "select min(id) as id, " + cells("") + ", max(p) as p from t group by " + by;
                }
                case 2 -> {
                    keepsRows = false;
                    return "select id, " + cells("") + ", row_number() over (order by c0, id) as n, p from t";
                }
                default -> {
                    List<String> expressions = each(i -> columns.get(i).expression(random, "c" + i) + " as k" + i);
                    return "select id, " + String.join(", ", expressions) + ", p from t" + where();
                }
            }
        }

        private void table(String name, long firstId, List<PostgresqlOrderColumn> made) {
            List<Cells> cells = made.stream()
                    .map(column -> random.nextInt(3) > 0 ? column.cells() : RandomTable.withNulls(column.cells(), 40))
                    .toList();
            List<String> declared = each(i -> "c" + i + " " + made.get(i).type());
            setup.add("create table " + name + "(id bigint" + pick(" primary key", "") + ", "
                    + String.join(", ", declared) + ", p text)");
            for (int i = random.nextInt(3); i > 0; i--) {
                setup.add(indexed().stream()
                        .map(part -> part + pick("", " desc", "", " nulls first"))
                        .collect(Collectors.joining(", ", "create index on " + name + "(", ")")));
            }
            tables.add(new RandomTable(name, cells, firstId));
        }

        private String where() {
            return switch (random.nextInt(4)) {
                case 0 -> " where c0 >= " + columns.get(0).typed(random);
                case 1 -> " where id between :low and 20000000";
                default -> "";
            };
        }
    }
}
