package dev.windrow.examples.projects;

import dev.windrow.examples.sample.Sample;
import dev.windrow.examples.sample.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Projects of real organizations in real places. The organization {@link #LOAD} has the load rows. */
public final class ProjectsSample implements Sample {
    /** The organization of the load rows. */
    public static final String LOAD = "Load Test Works GmbH";

    private static final String SCHEMA = """
            CREATE TABLE users(id TEXT PRIMARY KEY, display_name TEXT NOT NULL, email TEXT NOT NULL UNIQUE);
            CREATE TABLE organizations(id TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT);
            CREATE TABLE locations(
              id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, admin TEXT, population INTEGER,
              lat REAL, lon REAL);
            CREATE TABLE tags(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
            CREATE TABLE projects(
              id TEXT PRIMARY KEY, name TEXT NOT NULL, organization_id TEXT NOT NULL REFERENCES organizations(id),
              owner_id TEXT NOT NULL REFERENCES users(id),
              status TEXT NOT NULL CHECK(status IN ('approved','active','on_hold','completed','cancelled')),
              start_date TEXT NOT NULL, end_date TEXT,
              location TEXT NOT NULL CHECK(location IN ('headquarters','test_house','remote','client_site','other')),
              location_other TEXT, location_id INTEGER REFERENCES locations(id), description TEXT NOT NULL,
              billing_amount TEXT, invoice_count INTEGER, billing_recipient TEXT, billing_notes TEXT, pm_notes TEXT,
              monday_url TEXT, jira_url TEXT, gitlab_url TEXT, milestone_version TEXT, run_number TEXT,
              created_at TEXT NOT NULL, updated_at TEXT NOT NULL);
            CREATE TABLE project_tags(
              project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
              tag_id INTEGER NOT NULL REFERENCES tags(id), PRIMARY KEY(project_id, tag_id)) WITHOUT ROWID;
            CREATE TABLE project_acl(
              project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
              user_id TEXT NOT NULL REFERENCES users(id), PRIMARY KEY(project_id, user_id)) WITHOUT ROWID;
            CREATE TABLE searches(
              id INTEGER PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users(id), query TEXT NOT NULL,
              created_at TEXT NOT NULL);
            CREATE TABLE search_results(
              search_id INTEGER NOT NULL REFERENCES searches(id), rank INTEGER NOT NULL,
              project_id TEXT NOT NULL REFERENCES projects(id), score REAL NOT NULL, snippet TEXT,
              PRIMARY KEY(search_id, rank)) WITHOUT ROWID;
            """;

    private static final String INDEXES = """
            CREATE INDEX idx_projects_name ON projects(name, id);
            CREATE INDEX idx_projects_org ON projects(organization_id, name, id);
            CREATE INDEX idx_projects_owner ON projects(owner_id);
            CREATE INDEX idx_project_tags_tag ON project_tags(tag_id, project_id);
            CREATE INDEX idx_organizations_name ON organizations(name);
            """;

    @Override
    public Layout layout() {
        return new Layout(
                "projects",
                1,
                SCHEMA,
                INDEXES,
                "projects",
                1_304,
                "select count(*) from projects where organization_id = (select id from organizations where name = '"
                        + LOAD + "')");
    }

    @Override
    public void write(Tables tables, Path folder, long loadRows) throws SQLException, IOException {
        Directory directory = Directory.load();
        directory.write(tables);
        ProjectRows rows = new ProjectRows(directory);
        new Projects(tables, directory, rows).write(loadRows);
        new Searches(tables, directory).write(loadRows);
        HostileProjects.write(tables, directory, rows);
    }
}
