package dev.windrow.app.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.app.FreshDatabase;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.testkit.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the database that keeps them for several homes, and on none. */
final class SecretsTest {
    @TempDir
    Path folder;

    private StatusDatabase database;

    @BeforeEach
    void open() {
        database = StatusDatabase.open(FreshDatabase.fresh().url(), null, null);
        Migrations.run(database.migrationSource(), database.migrationFolder());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void areTheSameForAllThatComeAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Callable<String>> processes = IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(home -> () -> {
                        go.await();
                        return Secrets.of(database).of(home(home).resolve("links.secret"));
                    })
                    .toList();
            List<Future<String>> secrets =
                    processes.stream().map(threads::submit).toList();
            go.countDown();
            Set<String> seen = new HashSet<>();
            for (Future<String> secret : secrets) {
                seen.add(secret.get());
            }
            assertThat(seen).singleElement().asString().matches("[0-9a-f]{64}");
            assertThat(Secrets.of(database).of(home(9).resolve("tokens.secret")))
                    .isNotIn(seen);
            assertThat(home(0)).isEmptyDirectory();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void areThoseOfAHomeThatHadThemAlready() throws IOException {
        String kept = Secrets.ofHome().of(home(1).resolve("links.secret"));
        assertThat(Secrets.of(database).of(home(1).resolve("links.secret"))).isEqualTo(kept);
        String other = Secrets.ofHome().of(home(2).resolve("links.secret"));
        assertThat(other).isNotEqualTo(kept);
        assertThat(Secrets.of(database).of(home(2).resolve("links.secret")))
                .as("the first one's")
                .isEqualTo(kept);
    }

    private Path home(int number) throws IOException {
        return Files.createDirectories(folder.resolve("home" + number));
    }
}
