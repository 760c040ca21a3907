package dev.windrow.api.access.gate;

import dev.windrow.api.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which role each route needs. A route that is not here is closed to everybody; a test walks all routes and holds
 * {@code docs/SECURITY.md} to what it finds. Paths are read as Spring's own mappings read them, so that no way of
 * writing one means another route here than there. Immutable.
 */
final class RouteRules {
    private static final String EXPORTS = "/api/v1/exports";
    private static final String EXPORT = EXPORTS + "/{id}";
    private static final String SCHEDULES = "/api/v1/schedules";
    private static final String SCHEDULE = SCHEDULES + "/{name}";
    private static final String PRESETS = "/api/v1/presets";
    private static final String PRESET = PRESETS + "/{name}";
    private static final List<String> READING = List.of("GET", "HEAD");

    private final List<Rule> rules = new ArrayList<>();

    /** @param management the path that the endpoints for health and metrics are below */
    RouteRules(String management) {
        for (String path : List.of(
                "/",
                "/windrow.js",
                "/page/**",
                "/v3/api-docs",
                "/catalog.schema.json",
                "/docs",
                "/docs/{name}",
                "/d/**",
                "/.well-known/windrow-keys",
                management + "/health/**")) {
            add(Need.NOTHING, READING, path);
        }
        add(Need.CREDENTIALS, READING, "/api/v1/me");
        for (String path : List.of("/api/v1/datasets/**", EXPORTS, EXPORT, EXPORT + "/events", EXPORT + "/file")) {
            add(Need.of(Role.READ), READING, path);
        }
        for (String name : List.of("file.sha256", "entries/**", "blocks", "deliveries")) {
            add(Need.of(Role.READ), READING, EXPORT + "/" + name);
        }
        add(Need.of(Role.EXPORT), List.of("POST"), EXPORTS);
        add(Need.of(Role.EXPORT), List.of("DELETE"), EXPORT);
        add(Need.of(Role.EXPORT), List.of("POST"), EXPORT + "/cancel");
        add(Need.of(Role.EXPORT), List.of("POST"), EXPORT + "/retry");
        add(Need.of(Role.EXPORT), List.of("POST", "DELETE"), EXPORT + "/links");
        add(Need.of(Role.EXPORT), List.of("POST"), EXPORT + "/deliveries/{message}/replay");
        for (String path : List.of(SCHEDULES, SCHEDULE, PRESETS, PRESET)) {
            add(Need.of(Role.READ), READING, path);
        }
        for (String name : List.of("file", "file.sha256", "entries/**")) {
            add(Need.of(Role.READ), READING, SCHEDULE + "/latest/" + name);
        }
        add(Need.of(Role.EXPORT), List.of("POST"), SCHEDULES);
        add(Need.of(Role.EXPORT), List.of("PUT", "DELETE"), SCHEDULE);
        add(Need.of(Role.EXPORT), List.of("PUT", "DELETE"), PRESET);
        add(Need.of(Role.MINT), List.of("POST"), "/api/v1/tokens");
        // What a tool does needs the role of the route that does the same.
        add(Need.of(Role.READ), List.of("POST"), "/mcp");
        for (String name : List.of("audit", "operations", "deliveries")) {
            add(Need.of(Role.ADMIN), READING, "/api/v1/" + name);
        }
        for (String name : List.of("info", "prometheus", "metrics/**")) {
            add(Need.of(Role.METRICS), READING, management + "/" + name);
        }
    }

    private void add(Need need, List<String> methods, String path) {
        rules.add(new Rule(PathPatternParser.defaultInstance.parse(path), Set.copyOf(methods), need));
    }

    /** What a request needs; null where no rule names its path. */
    @Nullable Found find(HttpServletRequest request) {
        PathContainer path = RequestPath.parse(request.getRequestURI(), request.getContextPath())
                .pathWithinApplication();
        Set<String> methods = new TreeSet<>();
        for (Rule rule : rules) {
            if (rule.path().matches(path)) {
                if (rule.methods().contains(request.getMethod())) {
                    return new Found(rule.need(), Collections.emptySet());
                } else if (request.getMethod().equals("OPTIONS")) {
                    return new Found(
                            rule.need().credentials() ? Need.CREDENTIALS : Need.NOTHING, Collections.emptySet());
                }
                methods.addAll(rule.methods());
            }
        }
        return methods.isEmpty() ? null : new Found(Need.CREDENTIALS, methods);
    }

    /**
     * What somebody must have to come through.
     *
     * @param credentials whether any are asked for
     * @param role that they must give; null for none
     */
    record Need(boolean credentials, @Nullable Role role) {
        static final Need NOTHING = new Need(false, null);
        static final Need CREDENTIALS = new Need(true, null);

        static Need of(Role role) {
            return new Need(true, role);
        }
    }

    /** @param others the methods of that path, where the request's is none of them; otherwise empty */
    record Found(Need need, Set<String> others) {}

    private record Rule(PathPattern path, Set<String> methods, Need need) {}
}
