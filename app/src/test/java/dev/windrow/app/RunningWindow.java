package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.testkit.WindowClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole product in this process, on a port and in a home of its own. Its end checks what must hold of every home.
 */
final class RunningWindow implements AutoCloseable {
    final Path home;
    final WindowClient client;
    /** Where archives lie, for the last check. */
    Path archives;

    private final Set<Thread> threadsBefore;
    private final ConfigurableApplicationContext context;

    private RunningWindow(Path home, Set<Thread> threadsBefore, ConfigurableApplicationContext context) {
        this.home = home;
        this.archives = home.resolve("artifacts");
        this.threadsBefore = threadsBefore;
        this.context = context;
        this.client =
                new WindowClient("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** Serves the sensors example. */
    static RunningWindow sensors(Path home, String... settings) {
        return start(home, Samples.sensors().resolve("catalog.yaml"), settings);
    }

    static RunningWindow start(Path home, Path catalog, String... settings) {
        Set<Thread> before = threads();
        List<String> arguments = new ArrayList<>(List.of(
                "--windrow.home=" + home,
                "--windrow.catalog=" + catalog,
                "--server.port=0",
                "--logging.threshold.console=warn"));
        arguments.addAll(List.of(settings));
        return new RunningWindow(home, before, WindrowApplication.start(arguments));
    }

    /** Where health is served, when it has a port of its own. */
    int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    /** Those of its parts that are of a type. */
    <T> Collection<T> parts(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    /** Stops it as a signal would, and checks the home and that no thread of it lives on. */
    @Override
    public void close() {
        context.close();
        HomeInvariants.check(home, archives);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(threads())
                        .filteredOn(thread -> !threadsBefore.contains(thread))
                        .as("threads that keep the process alive")
                        .isEmpty());
    }

    private static Set<Thread> threads() {
        Set<Thread> alive = new HashSet<>(Thread.getAllStackTraces().keySet());
        // The one that asks is not one of the product.
        alive.removeIf(thread -> thread.isDaemon() || thread.getName().startsWith("awaitility"));
        return alive;
    }
}
