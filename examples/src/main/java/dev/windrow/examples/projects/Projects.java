package dev.windrow.examples.projects;

import dev.windrow.examples.projects.ProjectRows.Given;
import dev.windrow.examples.sample.Chance;
import dev.windrow.examples.sample.Tables;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;

/** The real projects and the load projects, with their tags and who may see them. */
final class Projects {
    private static final long SEED = 2_000_003;

    private final Tables.Table projects;
    private final Tables.Table tags;
    private final Tables.Table access;
    private final Directory directory;
    private final ProjectRows rows;

    Projects(Tables tables, Directory directory, ProjectRows rows) throws SQLException {
        projects = tables.into("projects", ProjectRows.COLUMNS);
        tags = tables.into("project_tags", 2);
        access = tables.into("project_acl", 2);
        this.directory = directory;
        this.rows = rows;
    }

    void write(long loadRows) throws SQLException {
        for (int i = 0; i < directory.software().size(); i++) {
            writeReal(i);
        }
        for (long i = 0; i < loadRows; i++) {
            writeLoad(i);
        }
    }

    private void writeReal(int i) throws SQLException {
        Software software = directory.software().get(i);
        int others = directory.organizations().size() - 1;
        int organization = 1 + (int) Chance.of(i).below(others);
        String id = Directory.realId(i);
        Given given = new Given(
                id, software, i, directory.organizations().get(organization).id(), user(i), "");
        projects.add(rows.row(given, Chance.of(SEED - 1 - i)));
        tags.add(id, 1 + directory.sections().indexOf(software.section()));
        for (String user : new TreeSet<>(List.of(user(i), user(i * 7 + 1)))) {
            access.add(id, user);
        }
    }

    private String user(int number) {
        return directory.users().get(number % directory.users().size()).id();
    }

    private void writeLoad(long i) throws SQLException {
        Software software =
                directory.software().get((int) (i % directory.software().size()));
        Chance chance = Chance.of(SEED + i);
        String id = Directory.loadId(i);
        String owner = user(chance.below(20) == 0 ? 1 : 0);
        String organization = directory.organizations().get(0).id();
        projects.add(rows.row(new Given(id, software, i, organization, owner, " #" + i), chance));
        long bits = chance.bits() >>> 5;
        TreeSet<Integer> chosen = new TreeSet<>();
        for (int tag = 0; tag < bits % 4; tag++) {
            chosen.add(1 + (int) ((bits >>> tag * 9) % directory.tags().size()));
        }
        for (int tag : chosen) {
            tags.add(id, tag);
        }
    }
}
