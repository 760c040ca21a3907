package dev.windrow.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windrow.api.access.key.KeyText;
import dev.windrow.testkit.Http;
import dev.windrow.testkit.Http.Answer;
import dev.windrow.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Who comes to which route: all of them, by every caller. The table in docs/SECURITY.md is what is found here. */
final class RouteWalkIT {
    private static final Path PAGE = Path.of("../docs/SECURITY.md");
    /** The table is written, rather than compared, with {@code -Dwindrow.routes=write}. */
    private static final boolean WRITES = "write".equals(System.getProperty("windrow.routes"));

    private static final String BEGIN = "<!-- Made by RouteWalkIT. -->\n\n";
    private static final String END = "\n<!-- The end of what it made. -->\n";
    private static final List<String> CALLERS = List.of("nobody", "read", "export", "mint", "metrics", "admin");
    /** Routes that Spring has for itself, and that are closed to everybody. */
    private static final Set<String> CLOSED = Set.of("/error", "/actuator");

    @TempDir
    Path folder;

    @Test
    void givesEachCallerWhatThePageSaysAndNoMore() throws IOException {
        try (ConfigurableApplicationContext context =
                serve("--management.endpoints.web.exposure.include=health,info,metrics,prometheus")) {
            int port = ((ServletWebServerApplicationContext) context)
                    .getWebServer()
                    .getPort();
            Http http = new Http("http://127.0.0.1:" + port);
            Map<String, List<String>> found = new LinkedHashMap<>();
            for (String route : routes(context)) {
                found.put(
                        route,
                        CALLERS.stream()
                                .map(caller -> outcome(http, route, caller))
                                .toList());
            }
            assertThat(found).hasSizeGreaterThan(25);
            found.forEach((route, outcomes) -> {
                boolean closed = CLOSED.contains(path(route));
                assertThat(outcomes.contains("no such route"))
                        .as(route + ": " + outcomes + "; every route is named in RouteRules")
                        .isEqualTo(closed);
            });
            found.keySet().removeIf(route -> CLOSED.contains(path(route)));
            compare(table(found));
        }
    }

    @Test
    void guardsAPortOfItsOwnToo() throws IOException {
        int port = Ports.free();
        try (ConfigurableApplicationContext context = serve(
                "--management.server.port=" + port, "--management.endpoints.web.exposure.include=health,info,env")) {
            Http http = new Http("http://127.0.0.1:" + port);
            assertThat(http.get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(outcome(http, "GET /actuator/info", "nobody")).isEqualTo("401");
            assertThat(outcome(http, "GET /actuator/info", "export")).isEqualTo("403");
            assertThat(outcome(http, "GET /actuator/info", "metrics")).isEqualTo("yes");
            assertThat(outcome(http, "GET /actuator/env", "admin")).isEqualTo("no such route");
            assertThat(context.isRunning()).isTrue();
        }
    }

    private static Set<String> routes(ConfigurableApplicationContext context) {
        Set<String> routes =
                new TreeSet<>(Comparator.comparing(RouteWalkIT::path).thenComparing(route -> route));
        for (RequestMappingInfoHandlerMapping mapping :
                context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
                for (String path : info.getPatternValues()) {
                    (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods)
                            .forEach(method -> routes.add(method + " " + path));
                }
            }
        }
        return routes;
    }

    private static String path(String route) {
        return route.substring(route.indexOf(' ') + 1);
    }

    private static String outcome(Http http, String route, String caller) {
        String method = route.substring(0, route.indexOf(' '));
        String path = path(route)
                .replace("/page/{version}/{name}", "/page/x/x")
                .replace("/docs/{name}", "/docs/start.js")
                .replaceAll("[{]id[}]", "01930000-0000-7000-8000-000000000001")
                .replaceAll("/\\*\\*|[{][^}]*[}]", "/x")
                .replace("//", "/");
        List<String> headers = new ArrayList<>();
        if (!caller.equals("nobody")) {
            headers.addAll(List.of("Authorization", "Bearer the key of " + caller));
        }
        Answer answer = http.send(method, path, "", headers.toArray(String[]::new));
        boolean problem = "application/problem+json".equals(answer.header("Content-Type"));
        boolean nothing = problem && answer.json().path("detail").asString().equals("There is nothing at this path.");
        boolean open = path.startsWith("/page/");
        return switch (answer.status()) {
            case 401, 403 -> Integer.toString(answer.status());
            case 404 -> nothing && !open ? "no such route" : "yes";
            default -> "yes";
        };
    }

    private ConfigurableApplicationContext serve(String... more) {
        List<String> settings = new ArrayList<>();
        settings.add("--windrow.home=" + folder.resolve("home"));
        settings.add("--windrow.catalog=" + Samples.sensors().resolve("catalog.yaml"));
        settings.add("--server.port=0");
        settings.add("--windrow.security.mode=api-keys");
        for (int i = 1; i < CALLERS.size(); i++) {
            String key = "--windrow.security.api-keys[" + (i - 1) + "].";
            settings.add(key + "name=" + CALLERS.get(i));
            settings.add(key + "sha256=" + KeyText.sha256("the key of " + CALLERS.get(i)));
            settings.add(key + "roles=" + CALLERS.get(i));
        }
        settings.addAll(List.of(more));
        return new SpringApplication(WindrowApplication.class).run(settings.toArray(String[]::new));
    }

    private static String table(Map<String, List<String>> found) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("route", CALLERS));
        found.forEach((route, outcomes) -> rows.add(row("`" + route + "`", outcomes)));
        int[] widths = new int[CALLERS.size() + 1];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        rows.add(1, rule);
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> row(String first, List<String> rest) {
        List<String> row = new ArrayList<>(List.of(first));
        row.addAll(rest);
        return row;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append(' ')
                    .append(cells.get(i))
                    .append(" ".repeat(widths[i] - cells.get(i).length()))
                    .append(" |");
        }
        return line.toString();
    }

    private static void compare(String table) throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(end).as("the marks of the table in " + PAGE).isGreaterThanOrEqualTo(begin);
        if (WRITES) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
        } else {
            assertThat(page.substring(begin, end))
                    .as("make the table anew with -Dit.test=RouteWalkIT -Dwindrow.routes=write")
                    .isEqualTo(table);
        }
    }
}
