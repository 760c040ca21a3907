package dev.windrow.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A service of docker-compose.yml that is Windrow.
 *
 * @param variables its environment
 */
record ComposeService(List<String> command, Map<String, String> variables) {
    @SuppressWarnings("unchecked")
    static ComposeService of(String name) throws IOException {
        Map<String, Object> compose = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(Path.of("..", "docker-compose.yml")));
        Map<String, Object> service = ((Map<String, Map<String, Object>>) compose.get("services")).get(name);
        return new ComposeService((List<String>) service.get("command"), variables(service));
    }

    static Map<String, String> variables(Map<String, Object> service) {
        Map<String, String> variables = new HashMap<>();
        ((Map<?, ?>) service.get("environment"))
                .forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
        return variables;
    }
}
