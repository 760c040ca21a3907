package dev.windrow.examples.embedding;

import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.RealData;
import dev.windrow.examples.sample.Sample;
import dev.windrow.examples.sample.Tables;
import dev.windrow.examples.sample.Times;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Orders of two shops in one table, for a host application that shows each of its users those of one shop. The shop
 * {@link #LOAD} has the load rows, and {@link #OTHER} has orders that its users must never see.
 */
public final class OrdersSample implements Sample {
    /** The shop of the load rows. */
    public static final int LOAD = 7;

    /** The shop of somebody else. */
    public static final int OTHER = 8;

    private static final int OTHER_ROWS = 500;
    private static final long FIRST_DAY = 20_089;
    private static final int DAYS = 365;

    private static final String SCHEMA = """
            CREATE TABLE shops(id INTEGER PRIMARY KEY, name TEXT NOT NULL);
            CREATE TABLE orders(
              shop INTEGER NOT NULL REFERENCES shops(id), id INTEGER NOT NULL, placed_on TEXT NOT NULL,
              item TEXT NOT NULL, quantity INTEGER NOT NULL, price INTEGER NOT NULL, city TEXT NOT NULL,
              country TEXT NOT NULL, PRIMARY KEY (shop, id)) WITHOUT ROWID;
            """;

    @Override
    public Layout layout() {
        return new Layout(
                "embedding", 1, SCHEMA, "", "orders", OTHER_ROWS, "select count(*) from orders where shop = " + LOAD);
    }

    @Override
    public void write(Tables tables, Path folder, long loadRows) throws SQLException, IOException {
        Tables.Table shops = tables.into("shops", 2);
        shops.add(LOAD, "Seven Seas Supplies");
        shops.add(OTHER, "Eight Bells Books");
        Tables.Table orders = tables.into("orders", 8);
        Goods goods = Goods.load();
        for (long id = 1; id <= loadRows; id++) {
            goods.add(orders, LOAD, id);
        }
        for (long id = 1; id <= OTHER_ROWS; id++) {
            goods.add(orders, OTHER, id);
        }
    }

    /** What may be ordered, and from where: the names of emoji and of real cities. */
    private record Goods(List<List<String>> items, List<List<String>> cities) {
        static Goods load() throws IOException {
            return new Goods(body("emoji15.csv.gz"), body("cities15000.csv.gz"));
        }

        private static List<List<String>> body(String name) throws IOException {
            List<List<String>> rows = RealData.rows(name);
            return rows.subList(1, rows.size());
        }

        void add(Tables.Table orders, int shop, long id) throws SQLException {
            Chance chance = Chance.of(id * 1_000 + shop);
            List<String> city = cities.get(chance.below(7, cities.size()));
            orders.add(
                    shop,
                    id,
                    Times.day(FIRST_DAY + chance.below(11, DAYS)),
                    items.get(chance.below(3, items.size())).get(1),
                    1 + chance.below(17, 9),
                    99 + chance.below(23, 20_000),
                    city.get(1),
                    city.get(2));
        }
    }
}
