package dev.windrow.cli;

import dev.windrow.client.ClientException;
import dev.windrow.client.Patience;
import dev.windrow.client.ServerClient;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The caller's exports. */
@Command(name = "list", description = "Lists the exports of a server, newest first.")
final class ListCommand extends AskingCommand {
    private static final int USUAL = 20;
    private static final int MOST = 100_000;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those that are queued, running, completed, failed, cancelled or expired.")
    private @Nullable String state;

    @Option(names = "--dataset", paramLabel = "NAME", description = "Only those of a dataset.")
    private @Nullable String dataset;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most (20).")
    private int limit = USUAL;

    ListCommand(Patience patience) {
        super(patience);
    }

    @Override
    void check() {
        if (limit < 1 || limit > MOST) {
            throw usage("--limit must be 1 to " + MOST + ": " + limit);
        }
    }

    @Override
    void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException {
        var exports = server.things().exports(new ServerClient.Filter(state, dataset), limit);
        showAll(out, exports, one -> out.println(quiet() ? text(one, "id") : line(one)), "There are no exports.");
    }

    private static String line(JsonNode one) {
        JsonNode percent = one.path("progress").path("percent");
        String far = "running".equals(text(one, "state")) && percent.isNumber()
                ? " " + Math.floor(percent.asDouble() * 10) / 10 + " %"
                : "";
        String file = text(one.path("file"), "name");
        return text(one, "id") + "  " + text(one, "createdAt") + "  " + text(one, "state") + far + "  "
                + text(one, "dataset") + (file.isEmpty() ? "" : "  " + file);
    }
}
