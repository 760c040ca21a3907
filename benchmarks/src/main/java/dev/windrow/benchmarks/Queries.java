package dev.windrow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Queries that can't enter an index at a position, each beside the pipe of the same query, and with a quarter of the
 * rows.
 */
final class Queries {
    private static final String PART = "queries";
    private static final int WARM_UPS = 4;
    private static final double MOST = 1.2;

    /**
     * A query of {@link SmallPosts}.
     *
     * @param key what it is ordered by
     */
    private record Shape(String name, String title, String query, String key) {}

    private static final List<Shape> SHAPES = List.of(
            new Shape(
                    "author",
                    "posts by author in the order of the address",
                    "select uri, created_at, likes from posts where author = 'load'",
                    "uri"),
            new Shape(
                    "window",
                    "a window function",
                    "select id, created_at, likes, sum(likes) over (order by id rows between 9 preceding and current row)"
                            + " as recent from posts where author = 'load'",
                    "id"),
            new Shape(
                    "group",
                    "group by",
                    "select post, count(*) as replies, max(replied_at) as last_reply from replies group by post",
                    "post"),
            new Shape(
                    "distinct",
                    "distinct",
                    "select distinct post, replied_at / 60000 as minute from replies",
                    "post, minute"),
            new Shape(
                    "join",
                    "a join",
                    "select p.id, p.uri, a.name, p.likes from posts p join authors a on a.did = p.author where a.did = 'load'",
                    "id"));

    private final Options options;
    private final Results results;

    Queries(Options options, Results results) {
        this.options = options;
        this.results = results;
    }

    void run(Path data) throws IOException {
        long many = options.rows();
        SqliteInput all = SmallPosts.input(many, catalog());
        Path folder = all.prepare(data);
        Path few = SmallPosts.input(many / 4, catalog()).prepare(data);
        Path work = Files.createTempDirectory("windrow-peers");
        try (Server server = Server.start(options.launcher(), options.heap(), folder.resolve("catalog.yaml"));
                Server quarter = Server.start(options.launcher(), options.heap(), few.resolve("catalog.yaml"))) {
            for (Shape shape : SHAPES) {
                measure(shape, server, quarter, all.database(folder), work);
            }
        }
        Files.delete(work);
    }

    private static String catalog() {
        StringBuilder text = new StringBuilder("sources:\n  posts: { url: \"jdbc:sqlite:source.db\" }\ndatasets:\n");
        for (Shape shape : SHAPES) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %s: { title: %s, source: posts, formats: [csv], files: [ { name: rows, query: \"%s\", key: [%s] } ] }%n",
                    shape.name,
                    shape.title,
                    shape.query,
                    shape.key));
        }
        return text.toString();
    }

    private void measure(Shape shape, Server server, Server quarter, Path database, Path work) throws IOException {
        String body = Workload.body(shape.name, Map.of());
        for (int i = 0; i < WARM_UPS; i++) {
            server.export(body);
            quarter.export(body);
        }
        List<Measured> own = new ArrayList<>();
        List<Measured> few = new ArrayList<>();
        List<Measured> pipe = new ArrayList<>();
        String query = shape.query + " order by " + shape.key;
        for (int i = 0; i < options.runs(); i++) {
            own.add(server.export(body));
            few.add(quarter.export(body));
            pipe.add(Peer.pigz().run(database.toString(), query, work));
        }
        double wall = Measured.median(own, Measured::wall);
        double most = Measured.median(pipe, Measured::wall);
        String what = String.format(Locale.ROOT, "%,d rows, %s: wall, to its own pipe", options.rows(), shape.title);
        String seconds = String.format(Locale.ROOT, " (%.2f s to %.2f s)", wall, most);
        results.atMost(PART, what, MOST, wall / most, seconds);
        double less = 4 * Measured.median(few, Measured::wall);
        String rows = String.format(Locale.ROOT, "… time of a row, to that with %,d rows", options.rows() / 4);
        results.atMost(PART, rows, MOST, wall / less, "");
    }
}
