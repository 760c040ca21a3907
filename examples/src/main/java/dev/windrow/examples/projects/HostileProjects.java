package dev.windrow.examples.projects;

import dev.windrow.examples.projects.ProjectRows.Given;
import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.RealData;
import dev.windrow.examples.sample.Tables;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Projects whose texts are known to break software, of an organization whose name does. */
final class HostileProjects {
    private static final List<String> DATES =
            List.of("1969-12-31", "0001-01-01", "9999-12-31", "2024-02-29", "1582-10-10");
    private static final List<String> AMOUNTS = List.of("0.00", "-0.01", "99999999999999999999.99", "1E+10", "007.50");

    private HostileProjects() {}

    static void write(Tables tables, Directory directory, ProjectRows rows) throws SQLException, IOException {
        String organization = Directory.id(Directory.FIRST_MS, 0x7FFFFF);
        String name = "hostile\"; DROP TABLE projects;--\n=HYPERLINK(\"http://example.invalid\")";
        tables.into("organizations", 3).add(organization, name, null);
        String owner = directory.users().get(2).id();
        List<String> naughty = RealData.strings(RealData.json("blns.json.gz"));
        for (int i = 0; i < naughty.size(); i++) {
            Software software =
                    directory.software().get(i % directory.software().size());
            String id = Directory.id(Directory.FIRST_MS + 1_000_000 + i, i);
            @Nullable Object[] row = rows.row(new Given(id, software, i, organization, owner, ""), Chance.of(i));
            row[ProjectRows.NAME] = naughty.get(i);
            row[ProjectRows.LOCATION] = "other";
            row[ProjectRows.LOCATION_OTHER] = naughty.get(i);
            row[ProjectRows.DESCRIPTION] = naughty.get(i);
            row[ProjectRows.PM_NOTES] = naughty.get(i);
            row[ProjectRows.START_DATE] = DATES.get(i % DATES.size());
            row[ProjectRows.BILLING_AMOUNT] = AMOUNTS.get(i % AMOUNTS.size());
            tables.into("projects", ProjectRows.COLUMNS).add(row);
        }
    }
}
