package dev.windrow.examples.projects;

import dev.windrow.examples.sample.Tables;
import dev.windrow.examples.sample.Times;
import java.sql.SQLException;
import java.util.List;

/**
 * Three searches: one that finds every second load project, one that finds real libraries, and one that finds nothing.
 */
final class Searches {
    private final Tables.Table searches;
    private final Tables.Table results;
    private final Directory directory;

    Searches(Tables tables, Directory directory) throws SQLException {
        searches = tables.into("searches", 4);
        results = tables.into("search_results", 5);
        this.directory = directory;
    }

    void write(long loadRows) throws SQLException {
        String when = Times.iso(Directory.LOAD_MS);
        String first = directory.users().get(0).id();
        searches.add(1, first, "load", when);
        searches.add(2, first, "library AND \"C++\"", when);
        searches.add(3, directory.users().get(1).id(), "no such thing", when);
        List<Software> software = directory.software();
        long rank = 0;
        for (int i = 0; i < software.size(); i++) {
            if (software.get(i).isLibrary()) {
                hit(2, ++rank, Directory.realId(i), software.get(i));
            }
        }
        for (long i = 0; i < loadRows / 2; i++) {
            hit(1, i + 1, Directory.loadId(2 * i), software.get((int) (2 * i % software.size())));
        }
    }

    private void hit(int search, long rank, String project, Software software) throws SQLException {
        results.add(search, rank, project, 1000.0 / rank, software.snippet());
    }
}
