package dev.windrow.starter;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Windrow's settings out of the application's: all that begins with {@code windrow.}, wherever it stands, and nothing
 * else. How the application has set Spring up, its JSON or its web server, is not how Windrow's is.
 */
final class OwnEnvironment extends StandardEnvironment {
    private static final String OURS = "windrow.";
    private static final String STARTERS = "windrow.embedded.";
    private static final String THREADS = "server.tomcat.threads.max";
    private static final String PATIENCE = "spring.lifecycle.timeout-per-shutdown-phase";
    private static final int USUAL_THREADS = 200;
    /** A door for agents that an application has not thought of would be beside what guards its API. */
    private static final Map<String, Object> UNLESS_SAID = Map.of("windrow.mcp.enabled", "false");

    /** @param application read now; what changes there later changes nothing here */
    OwnEnvironment(ConfigurableEnvironment application) {
        super(new MutablePropertySources());
        setConversionService(new ApplicationConversionService());
        getPropertySources().addLast(new MapPropertySource("windrow-in-an-application", said(application)));
        for (PropertySource<?> source : application.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> named) {
                getPropertySources().addLast(ours(named, application));
            }
        }
        getPropertySources().addLast(new MapPropertySource("windrow-unless-said", UNLESS_SAID));
    }

    /** Nothing of the process comes in beside what the application has of it. */
    @Override
    protected void customizePropertySources(MutablePropertySources sources) {}

    private static Map<String, Object> said(Environment application) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("windrow.security.mode", "application");
        // Requests of exports may wait or work in half of the threads that there are, at most.
        int threads = application.getProperty(THREADS, Integer.class, USUAL_THREADS);
        said.put(THREADS, Math.max(2, threads / 2));
        String patience = application.getProperty(PATIENCE);
        if (patience != null) {
            said.put(PATIENCE, patience);
        }
        return said;
    }

    private static PropertySource<?> ours(EnumerablePropertySource<?> source, Environment application) {
        if (source instanceof SystemEnvironmentPropertySource) {
            // By the same name and class: that is how Spring Boot knows WINDROW_HOME for windrow.home.
            return new SystemEnvironmentPropertySource(
                    source.getName(), values(source, application, OwnEnvironment::isVariable));
        }
        return new MapPropertySource(source.getName(), values(source, application, OwnEnvironment::isSetting));
    }

    private static Map<String, Object> values(
            EnumerablePropertySource<?> source, Environment application, Predicate<String> ours) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : source.getPropertyNames()) {
            Object value = ours.test(name) ? source.getProperty(name) : null;
            if (value != null) {
                // Its placeholders are the application's.
                values.put(
                        name,
                        value instanceof CharSequence text ? application.resolvePlaceholders(text.toString()) : value);
            }
        }
        return values;
    }

    private static boolean isVariable(String name) {
        String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
        return isSetting(key);
    }

    private static boolean isSetting(String name) {
        return name.startsWith(OURS) && !name.startsWith(STARTERS);
    }
}
