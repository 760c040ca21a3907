package dev.windrow.benchmarks.days;

import dev.windrow.testkit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Ten days in minutes: exports of users and of schedules, webhooks, deliveries, expiry, and kills, in a rhythm that is
 * shortened. In the first half the server is killed again and again, in the second it lives, and after that everything
 * expires; then all that it holds is what it held at the beginning, each end was told, and nothing was lost.
 */
public final class Days {
    private static final String USAGE = """
            Usage: benchmarks/run days [options]
              --minutes N   of load (20); everything expires after that, which takes some 6 minutes more
              --leak A,B    makes leaks that the verdict must find: \
            """;

    private static final long MOST_HEAP_GROWTH = 2_000_000;
    /** What is not the heap's: the code that is compiled, and what the C library keeps of what was freed. */
    private static final long MOST_RESIDENT = 40_000_000;

    private static final long MOST_GROWTH = 6;
    private static final long MOST_DRAIN_MINUTES = 10;
    private static final long MOST_SWEEP_MINUTES = 4;

    private final Path folder;
    private final int minutes;
    private final LivingServer server;
    private final Told told = new Told();
    private final Shelf shelf;
    private final Source source;
    private final Users users;
    private final Leaking leaking;
    private final Random random = new Random(15);
    private final Set<String> known = new TreeSet<>();
    private final long began = System.nanoTime();
    private int kills;
    private int sourceChanges;
    private long inUse;

    private Days(Path root, Path folder, int minutes, List<String> leaks) throws IOException {
        this.folder = folder;
        this.minutes = minutes;
        this.shelf = new Shelf(folder.resolve("shelf"));
        this.source = Source.make(folder);
        this.server = LivingServer.start(root.resolve("app/target/windrow.jar"), folder, settings());
        this.users = new Users(server.http(), 1_000);
        this.leaking = Leaking.of(leaks, folder);
    }

    private List<String> settings() {
        return List.of(
                "--windrow.home=" + folder.resolve("home"),
                "--windrow.catalog=" + source.catalog(),
                "--windrow.retention.artifacts=PT40S",
                "--windrow.retention.records=PT2M",
                "--windrow.retention.audit=PT2M",
                "--windrow.webhooks.all.url=" + told.url(),
                "--windrow.webhooks.all.exports=all",
                "--windrow.webhooks.all.events=completed,failed,cancelled,expired,delivery.failed",
                "--windrow.webhooks.inside=all",
                "--windrow.deliveries.shelf.url=" + shelf.folder(),
                "--windrow.deliveries.shelf.pattern=" + Shelf.PATTERN,
                "--windrow.deliveries.shelf.overwrite=true");
    }

    /** @param arguments {@code [--minutes N] [--leak KIND,KIND]} */
    public static void main(String[] arguments) throws IOException {
        int minutes = 20;
        List<String> leaks = List.of();
        boolean isUsed = true;
        for (int i = 0; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--minutes" -> minutes = Integer.parseInt(value);
                case "--leak" -> leaks = List.of(value.split(","));
                default -> isUsed = false;
            }
        }
        if (!isUsed || !Leaking.KINDS.containsAll(leaks) || minutes < 4) {
            System.err.println(USAGE + String.join(", ", Leaking.KINDS));
            System.exit(2);
        }
        Path folder = Files.createTempDirectory("windrow-days");
        Days days = new Days(Path.of(System.getProperty("windrow.root", ".")), folder, minutes, leaks);
        boolean good;
        try {
            good = days.run();
        } finally {
            days.server.close();
            days.told.close();
        }
        if (good) {
            Folders.delete(folder);
        } else {
            System.out.println("Left to look at: " + folder);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run() throws IOException {
        System.out.println("| minute | phase | kills | exports | told | resident MB | heap MB | descriptors | threads "
                + "| files | KB | rows | databases KB |");
        System.out.println("| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        LivingServer.pause(2_000);
        Sight begin = look("begin");
        users.begin();
        long half = TimeUnit.SECONDS.toNanos(30L * minutes);
        storm(began + half);
        List<Sight> calm = calm(began + 2 * half);
        users.stop();
        Sight quiet = emptied();
        server.kill();
        Elapsed.aMonth(server.home());
        // A start sweeps at once what is otherwise swept every ten minutes.
        server.start();
        Sight end = swept(begin);
        return judge(begin, calm, quiet, end);
    }

    private void storm(long end) throws IOException {
        while (System.nanoTime() < end) {
            turn(12_000 + random.nextInt(15_000), end);
            if (kills % 2 == 0) {
                look("kills");
            }
            restart();
        }
    }

    private void restart() throws IOException {
        server.kill();
        kills++;
        server.start();
    }

    /** What is seen in it, once the server has warmed up: each moment under the same load. */
    private List<Sight> calm(long end) throws IOException {
        turn(Math.min(90_000, 10_000L * minutes), end);
        List<Sight> seen = new ArrayList<>();
        while (System.nanoTime() < end) {
            seen.add(look("lives"));
            turn(15_000, end);
        }
        return seen;
    }

    /** Lets time pass, and keeps the books meanwhile. */
    private void turn(long millis, long end) throws IOException {
        long until = Math.min(end, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        while (System.nanoTime() < until) {
            books();
            LivingServer.pause(2_000);
        }
        leaking.leak(server, told, shelf);
        sourceChanges++;
        if (sourceChanges % 2 == 0) {
            source.change();
        }
    }

    private void books() throws IOException {
        shelf.take();
        try (Connection connection = status();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            for (String from : List.of("id from exports", "export from audit where action = 'start'")) {
                try (ResultSet ids = statement.executeQuery("select " + from)) {
                    while (ids.next()) {
                        known.add(ids.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private Connection status() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:file:" + server.home().resolve("windrow.db") + "?mode=ro");
    }

    private long databaseFiles() {
        return server.home().resolve("windrow.db").toFile().length()
                + server.home().resolve("queue.db").toFile().length();
    }

    /** Everything has expired, and the records are gone. */
    private Sight emptied() throws IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MOST_DRAIN_MINUTES);
        Sight sight;
        do {
            books();
            LivingServer.pause(20_000);
            sight = look("expires");
        } while (sight.rows().getOrDefault("exports", 0L) > 0 && System.nanoTime() < end);
        return sight;
    }

    private Sight swept(Sight begin) throws IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MOST_SWEEP_MINUTES);
        Sight sight;
        do {
            books();
            LivingServer.pause(20_000);
            sight = look("a month on");
            Elapsed.aMonth(server.home());
        } while (!sight.moreThan(begin).isEmpty() && System.nanoTime() < end);
        return sight;
    }

    private Sight look(String phase) throws IOException {
        Sight sight = Sight.of(server);
        Sight.Machine machine = sight.machine();
        inUse = Math.max(inUse, sight.pagesInAll());
        System.out.println(String.format(
                Locale.ROOT,
                "| %.1f | %s | %d | %d | %d | %.0f | %.1f | %d | %d | %d | %d | %d | %d |",
                (System.nanoTime() - began) / 60e9,
                phase,
                kills,
                known.size(),
                told.messages(),
                machine.resident() / 1e6,
                machine.heap() / 1e6,
                machine.descriptors(),
                machine.threads(),
                sight.filesInAll(),
                sight.bytesInAll() / 1000,
                sight.rowsInAll(),
                sight.pagesInAll() / 1000));
        return sight;
    }

    private boolean judge(Sight begin, List<Sight> calm, Sight quiet, Sight end) throws IOException {
        books();
        known.addAll(users.accepted());
        Verdict verdict = new Verdict();
        System.out.println("\n| what | goal | measured |\n| --- | --: | --: |");
        verdict.atLeast("exports, of users and of schedules", 40L * minutes, known.size());
        verdict.atLeast("kills", minutes / 2, kills);
        verdict.atLeast("messages to the webhook", 60L * minutes, told.messages());
        verdict.atLeast("… refused at the first try", 1, told.refused());
        verdict.atLeast("… doubles, with the id of the first", 1, told.doubles());
        verdict.atMost("… events told of under two ids", 0, told.underTwoIds());
        verdict.atLeast("newest archives of schedules that were not sent again (304)", 1, users.unchanged());
        verdict.none("exports whose end nobody was told", ids(known, id -> !told.knowsEndOf(id)));
        verdict.none("archives that are not on the shelf, or other bytes", ids(users.toBeTaken(), this::isMissing));
        verdict.atMost("deliveries that were given up", 0, told.of("delivery.failed"));
        verdict.none("answers that nobody should get", users.wrong());
        verdict.none("half done on the shelf", shelf.halfDone());
        verdict.none("tables and folders with more than at the beginning", end.moreThan(begin));
        verdict.atMost("bytes of the databases in use, more than at the beginning", 100_000, pages(end) - pages(begin));
        verdict.atMost(
                "bytes of their files, in % of the most that was ever in use", 150, 100 * databaseFiles() / inUse);
        verdict.atMost(
                "resident under load, first and last minute, bytes more", MOST_RESIDENT, growth(calm, Days::resident));
        verdict.atMost(
                "heap under load, first and last minute, bytes more", MOST_HEAP_GROWTH, growth(calm, Days::heap));
        verdict.atMost("heap when all is over, bytes more than under load", 0, heap(quiet) - first(calm, Days::heap));
        verdict.atMost(
                "descriptors, the same: more",
                MOST_GROWTH,
                growth(calm, sight -> sight.machine().descriptors()));
        verdict.atMost(
                "threads, the same: more",
                MOST_GROWTH,
                growth(calm, sight -> sight.machine().threads()));
        System.out.println(verdict.isGood() ? "It ends where it began." : "It does NOT end where it began.");
        return verdict.isGood();
    }

    private static List<String> ids(Set<String> among, Predicate<String> wrong) {
        return among.stream().filter(wrong).toList();
    }

    private boolean isMissing(String id) {
        Map<String, String> taken = shelf.taken();
        return told.digestOf(id).filter(digest -> !digest.equals(taken.get(id))).isPresent();
    }

    private static long resident(Sight sight) {
        return sight.machine().resident();
    }

    private static long heap(Sight sight) {
        return sight.machine().heap();
    }

    private static long pages(Sight sight) {
        return sight.pagesInAll();
    }

    /** From the least of the first to the least of the last, so that nothing counts that comes and goes. */
    private static long growth(List<Sight> calm, ToLongFunction<Sight> figure) {
        return least(calm.subList(calm.size() - some(calm), calm.size()), figure) - first(calm, figure);
    }

    private static long first(List<Sight> calm, ToLongFunction<Sight> figure) {
        return least(calm.subList(0, some(calm)), figure);
    }

    private static int some(List<Sight> calm) {
        return Math.min(3, calm.size() / 2);
    }

    private static long least(List<Sight> sights, ToLongFunction<Sight> figure) {
        return sights.stream().mapToLong(figure).min().orElse(0);
    }
}
