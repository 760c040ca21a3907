package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.windrow.app.Collector.Manner;
import dev.windrow.app.Collector.Span;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Receiver;
import dev.windrow.testkit.WindowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a collector sees of an export, by the processes of the delivered jar and over OTLP. */
@Tag("slow")
final class TracesIT {
    private static final String ENDPOINT = "--management.opentelemetry.tracing.export.otlp.endpoint=";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    @TempDir
    Path folder;

    private Collector collector;

    @BeforeEach
    void listen() {
        collector = Collector.start();
    }

    @AfterEach
    void end() {
        collector.close();
    }

    @Test
    void showOneTraceFromTheStartToTheDownloadOverTwoProcessesAndThreeRuns() throws Exception {
        try (Receiver target = Receiver.answering(204)) {
            String[] settings = settings(
                    "--windrow.catalog=" + Samples.paced(folder, 20_000, 4_000),
                    "--windrow.worker.checkpoint-interval=PT0.2S",
                    "--windrow.webhooks.billing.url=" + target.url(),
                    "--windrow.webhooks.allow=127.0.0.1");
            ProcessRun migrate = ProcessRun.windrow(folder, "migrate", settings[0]);
            assertThat(migrate.exit()).as(migrate.all()).isZero();
            try (ServingProcess api = ServingProcess.start(folder, "api", settings)) {
                String export = startAs(
                        api.client,
                        "{\"dataset\":\"slow\",\"parameters\":{\"most\":299999},\"notify\":{\"webhook\":\"billing\"}}",
                        "00-" + TRACE + "-" + CALLER + "-01");
                ServingProcess first = ServingProcess.start(folder, "worker", settings);
                awaitRows(api.client, export);
                first.close();
                ServingProcess second = ServingProcess.start(folder, "worker", settings);
                awaitRows(api.client, export);
                second.kill();
                Samples.hurry(folder);
                try (ServingProcess third = ServingProcess.start(folder, "worker", settings)) {
                    JsonNode completed = api.client.awaitState(export, "completed");
                    assertThat(api.client.archive(completed)).isNotEmpty();
                    String rows = completed.at("/progress/rowsTotal").asString();
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(api.client
                                            .get(export + "/deliveries")
                                            .text())
                                    .contains("\"state\":\"done\""));
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() ->
                                    assertThat(names(inTrace(TRACE))).contains("windrow delivery", "windrow download"));
                    // The first is that of the run that was stopped; what is told may be so before the last one ends.
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> named(inTrace(TRACE), "windrow run").size() > 1);
                    List<Span> spans = inTrace(TRACE);
                    assertTheStory(spans, completed.path("id").asString(), rows);
                    Span delivery = only(spans, "windrow delivery");
                    assertThat(target.received().get(0).headers())
                            .containsEntry("traceparent", "00-" + TRACE + "-" + delivery.id() + "-01")
                            .doesNotContainKeys("tracestate", "baggage");
                    assertThat(third.log()).doesNotContain("\tat ", "the collector");
                }
            }
            assertThat(collector.text())
                    .as("neither parameters, addresses and statements nor what a caller says beside its trace")
                    .doesNotContain(
                            "299999", "vendor", "secret", "baggage", "select", "\"local\"", "http.url", "exception");
            assertThat(collector.spans())
                    .allSatisfy(span -> assertThat(span.process()).containsEntry("service.name", "windrow"));
            everyNameIsInTheManual();
        }
    }

    private void assertTheStory(List<Span> spans, String id, String rows) {
        Span post = only(spans, "http post /api/v1/exports");
        assertThat(post.parent()).isEqualTo(CALLER);
        assertThat(post.attributes())
                .isEqualTo(Map.of("method", "POST", "uri", "/api/v1/exports", "status", "202", "outcome", "SUCCESS"));
        // The run that was killed has told nobody; its successor knows it all the same.
        List<Span> runs = named(spans, "windrow run");
        assertThat(runs).extracting(run -> run.said("windrow.claim")).containsExactlyInAnyOrder("1", "3");
        Span stopped = with(runs, "1");
        Span last = with(runs, "3");
        assertThat(stopped.said("windrow.outcome")).isEqualTo("stopped");
        assertThat(stopped.links()).isEmpty();
        assertThat(last.links()).singleElement().asString().hasSize(16).isNotEqualTo(stopped.id());
        assertThat(last.attributes())
                .containsEntry("windrow.outcome", "completed")
                .containsEntry("windrow.dataset", "slow")
                .containsEntry("windrow.format", "csv")
                .containsEntry("windrow.rows", rows);
        assertThat(last.process().get("service.instance.id"))
                .isNotEqualTo(post.process().get("service.instance.id"))
                .isNotEqualTo(stopped.process().get("service.instance.id"));
        Span download = only(spans, "windrow download");
        for (Span part :
                List.of(only(spans, "windrow wait"), stopped, last, only(spans, "windrow delivery"), download)) {
            assertThat(part.parent()).as(part.name()).isEqualTo(post.id());
            assertThat(part.said("windrow.export")).as(part.name()).isEqualTo(id);
        }
        for (String step : List.of("windrow seal", "windrow publish")) {
            assertThat(only(spans, step).parent()).as(step).isEqualTo(last.id());
        }
        assertThat(named(spans, "windrow leg"))
                .isNotEmpty()
                .allSatisfy(leg ->
                        assertThat(leg.parent()).isIn(stopped.id(), last.links().get(0), last.id()));
        Span get = await().atMost(Duration.ofSeconds(30))
                .until(() -> named(collector.spans(), "http get /api/v1/exports/{id}/file"), found -> !found.isEmpty())
                .get(0);
        assertThat(get.trace()).isNotEqualTo(TRACE);
        assertThat(download.links()).containsExactly(get.id());
    }

    @Test
    void takeNothingOfACallerThatIsNoPlaceInATrace() throws IOException {
        List<String> strange = List.of(
                "00-" + "0".repeat(32) + "-" + CALLER + "-01",
                "00-" + TRACE + "-" + "0".repeat(16) + "-01",
                "00-" + TRACE.toUpperCase(Locale.ROOT) + "-" + CALLER + "-01",
                "ff-" + TRACE + "-" + CALLER + "-01",
                "00-" + TRACE + "-" + CALLER,
                "00-" + TRACE + "-" + CALLER + "-01-" + "a".repeat(4000),
                "x".repeat(4000),
                "00-%s-%n");
        String[] settings = settings("--windrow.catalog=" + Samples.small(folder, 10));
        try (ServingProcess windrow = ServingProcess.start(folder, "all", settings)) {
            for (String traceparent : strange) {
                String export = startAs(windrow.client, "{\"dataset\":\"big\"}", traceparent);
                windrow.client.awaitState(export, "completed");
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> named(collector.spans(), "windrow run").size() == strange.size());
            assertThat(collector.spans())
                    .extracting(Span::trace)
                    .doesNotContain(TRACE)
                    .allMatch(trace -> trace.length() == 32);
            assertThat(named(collector.spans(), "windrow run"))
                    .allSatisfy(run -> assertThat(run.parent()).hasSize(16));
            assertThat(collector.text()).doesNotContain("vendor", "xxxx", "aaaa");
        }
    }

    @Test
    void holdNothingUpWhenTheCollectorIsAwayAndSayItOnce() throws IOException {
        String[] settings = settings(
                "--windrow.catalog=" + Samples.small(folder, 10),
                "--management.opentelemetry.tracing.export.otlp.timeout=PT1S");
        try (ServingProcess windrow = ServingProcess.start(folder, "all", settings)) {
            for (Manner bad : List.of(Manner.FAILS, Manner.CUTS, Manner.HANGS)) {
                collector.is(bad);
                int before = collector.asked();
                for (int i = 0; i < 3; i++) {
                    windrow.client.complete("{\"dataset\":\"big\"}");
                }
                await().atMost(Duration.ofSeconds(30)).until(() -> collector.asked() > before);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> windrow.log().contains("takes no traces"));
            collector.is(Manner.TAKES);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                windrow.client.complete("{\"dataset\":\"big\"}");
                return windrow.log().contains("takes traces again");
            });
            // A busy machine has a database say that it is slow.
            assertThat(windrow.log()
                            .lines()
                            .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                            .filter(line -> !line.contains("StatusTableHealth")))
                    .singleElement()
                    .asString()
                    .contains("takes no traces");
            collector.is(Manner.HANGS);
            windrow.client.complete("{\"dataset\":\"big\"}");
        }
    }

    @Test
    void areNotThereUntilACollectorIsNamed() throws IOException {
        Path loaded = folder.resolve("loaded.txt");
        List<String> command = List.of(
                "serve", "--windrow.home=" + folder.resolve("home"), "--windrow.catalog=" + Samples.small(folder, 10));
        Map<String, String> variables = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded);
        try (ServingProcess windrow = ServingProcess.start(folder, command, variables)) {
            String start = startAs(windrow.client, "{\"dataset\":\"big\"}", "00-" + TRACE + "-" + CALLER + "-01");
            JsonNode export = windrow.client.awaitState(start, "completed");
            assertThat(windrow.client.archive(export)).isNotEmpty();
        }
        // Spring Boot's own listener asks whether some interfaces are there.
        try (var lines = Files.lines(loaded)) {
            assertThat(lines.filter(line -> line.contains("io.opentelemetry.sdk")
                            || line.contains("io.opentelemetry.exporter")
                            || line.contains("io.opentelemetry.api")))
                    .isEmpty();
        }
    }

    private String[] settings(String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "--windrow.home=" + folder.resolve("home"),
                ENDPOINT + collector.url(),
                "--management.tracing.sampling.probability=1",
                "--management.opentelemetry.tracing.export.schedule-delay=PT0.2S"));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    /** @return the address of the export */
    private static String startAs(WindowClient client, String body, String traceparent) {
        Answer answer = client.send(
                "POST",
                WindowClient.EXPORTS,
                body,
                "Content-Type",
                "application/json",
                "traceparent",
                traceparent,
                "tracestate",
                "vendor=secret",
                "baggage",
                "user=secret");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return answer.header("Location");
    }

    private static void awaitRows(WindowClient client, String export) {
        long before = client.get(export).json().at("/progress/rowsWritten").asLong();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            JsonNode now = client.get(export).json();
            return now.path("state").asString().equals("running")
                    && now.at("/progress/rowsWritten").asLong() > before + 100;
        });
    }

    private List<Span> inTrace(String trace) {
        return collector.spans().stream()
                .filter(span -> span.trace().equals(trace))
                .toList();
    }

    private static Set<String> names(List<Span> spans) {
        return spans.stream().map(Span::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Span> named(List<Span> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    private static Span only(List<Span> spans, String name) {
        List<Span> found = named(spans, name);
        assertThat(found).as(name + " of " + names(spans)).hasSize(1);
        return found.get(0);
    }

    private static Span with(List<Span> runs, String claim) {
        return runs.stream()
                .filter(run -> run.said("windrow.claim").equals(claim))
                .findAny()
                .orElseThrow();
    }

    /** Whatever arrived; {@code TraceTablesTest} holds the manual to what may arrive. */
    private void everyNameIsInTheManual() {
        Manual page = Manual.page("docs/operations.md");
        Set<String> activities = page.table("### What is shown").stream()
                .map(row -> Manual.only(row.get(0)))
                .collect(Collectors.toSet());
        assertThat(names(collector.spans()).stream().filter(name -> !name.startsWith("http ")))
                .isSubsetOf(activities);
    }
}
