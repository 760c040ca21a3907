package dev.windrow.cli;

import dev.windrow.client.ClientException;
import dev.windrow.client.Patience;
import dev.windrow.client.Problem;
import dev.windrow.client.ServerClient;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What there is to export. */
@Command(name = "datasets", description = "Lists the datasets of a server; or tells the columns and parameters of one.")
final class DatasetsCommand extends AskingCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DATASET",
            description = "The one to tell of (list all of them).")
    private @Nullable String dataset;

    DatasetsCommand(Patience patience) {
        super(patience);
    }

    @Override
    void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException {
        ServerClient client = server.things();
        if (dataset != null) {
            JsonNode one = client.dataset(dataset);
            show(out, one, () -> tell(one, out));
        } else {
            List<JsonNode> all = client.datasets();
            showAll(out, all, one -> out.println(quiet() ? text(one, "name") : line(one)), "There are no datasets.");
        }
    }

    private static String line(JsonNode one) {
        return text(one, "name") + "  " + titled(one, "");
    }

    private static String titled(JsonNode one, String otherwise) {
        String title = text(one, "title");
        return title.isEmpty() ? otherwise : title;
    }

    private void tell(JsonNode one, PrintWriter out) {
        out.println(line(one));
        String description = text(one, "description");
        if (!description.isEmpty()) {
            out.println(description);
        }
        out.println("formats: " + String.join(", ", texts(one.path("formats"))));
        out.println("columns:");
        one.path("columns")
                .forEach(column -> out.println(
                        "  " + text(column, "name") + "  " + text(column, "type") + "  " + titled(column, "")));
        JsonNode parameters = one.path("parameters");
        Set<String> required = new HashSet<>(texts(parameters.path("required")));
        out.println(parameters.path("properties").isEmpty() ? "no parameters" : "parameters:");
        parameters
                .path("properties")
                .properties()
                .forEach(parameter -> out.println("  -p " + Problem.plain(parameter.getKey()) + "="
                        + value(parameter.getValue()) + (required.contains(parameter.getKey()) ? "  (required)" : "")
                        + "  " + titled(parameter.getValue(), "")));
    }

    /** What may stand for a parameter's value: an example, one of its words, or its type. */
    private static String value(JsonNode schema) {
        JsonNode example = schema.path("examples").path(0);
        if (!example.isMissingNode()) {
            return Problem.plain(example.asString(""));
        }
        List<String> words = texts(schema.path("enum"));
        if (!words.isEmpty()) {
            return String.join("|", words);
        }
        String format = text(schema, "format");
        JsonNode type = schema.path("type");
        String named = type.isArray() ? Problem.plain(type.path(0).asString("")) : text(schema, "type");
        return (format.isEmpty() ? named : format).toUpperCase(Locale.ROOT);
    }
}
