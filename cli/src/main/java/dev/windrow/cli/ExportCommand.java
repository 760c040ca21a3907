package dev.windrow.cli;

import dev.windrow.client.ClientException;
import dev.windrow.client.ExportStatus;
import dev.windrow.client.Patience;
import dev.windrow.client.StartRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** A client of any Windrow server: starts an export, shows its progress, brings the archive here. */
@Command(
        name = "export",
        description = "Exports a dataset of a server to a ZIP archive here.",
        footer = {
            "",
            "For example:",
            "  windrow export orders -p since=2026-01-01 --dry-run",
            "  windrow export orders -p since=2026-01-01 -o orders.zip",
            "  windrow export orders --base orders.zip -o orders.zip --force",
            "",
            "`windrow datasets` lists what there is, `windrow datasets NAME` the parameters of one.",
            "A server that asks for a key gets the one in WINDROW_API_KEY or --api-key-file."
        },
        exitCodeList = {
            "0:the archive is here, whole",
            "1:the export or the download failed",
            "2:the command is not as it should be, or the server refused it; nothing was started",
            "3:the server cannot be reached"
        })
final class ExportCommand extends AskingCommand {
    @Parameters(paramLabel = "DATASET", description = "The name of the dataset.")
    private String dataset = "";

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the dataset; a list's values are parted by commas.")
    private List<String> parameters = List.of();

    @Option(names = "--format", paramLabel = "FORMAT", description = "One of the dataset's formats (its first one).")
    private @Nullable String format;

    @Option(
            names = "--columns",
            paramLabel = "NAME",
            split = ",",
            description = "Which columns, in this order (all of them).")
    private List<String> columns = List.of();

    @Option(
            names = "--option",
            paramLabel = "FORMAT.NAME=VALUE",
            description = "An option of the format, such as csv.profile=spreadsheet, csv.delimiter=; or json.indent=2.")
    private List<String> options = List.of();

    @Option(
            names = "--titles",
            description =
                    "Put the titles that the catalog gives columns above them, in CSV and workbooks (their names).")
    private boolean titles;

    @Option(
            names = "--dry-run",
            description =
                    "Start nothing: say how many rows there are, about how large the archive would be, and show the"
                            + " first ten rows.")
    private boolean dryRun;

    @Mixin
    private final TargetOptions target = new TargetOptions();

    ExportCommand(Patience patience) {
        super(patience);
    }

    @Override
    void check() {
        // Nothing is written to a terminal then.
        if (!dryRun || !target.isStandardOutput()) {
            target.check(spec());
        }
    }

    @Override
    boolean showsProgress() {
        return target.showsProgress();
    }

    @Override
    void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException, IOException {
        StartRequest request =
                new StartRequest(dataset, format, Assignments.named(parameters, spec()), columns, formatOptions());
        if (dryRun) {
            tell(server.exports().dryRun(request), out);
            return;
        }
        Path file = target.file();
        ExportStatus begun = file == null || target.isStandardOutput()
                ? server.exports().start(request)
                : server.exports().startOrResume(request, file);
        deliver(server, begun, target, out);
    }

    private void tell(JsonNode answer, PrintWriter out) {
        TrialRun trial = new TrialRun(answer);
        show(out, answer, () -> {
            trial.printFigures(out);
            if (!quiet()) {
                out.println();
                trial.printRows(out);
            }
        });
    }

    private Map<String, String> formatOptions() {
        Map<String, String> values = new TreeMap<>();
        if (titles) {
            values.put("headers", "titles");
        }
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 0 || !option.substring(0, equals).matches("[a-z]+\\.[A-Za-z]+")) {
                throw usage("--option must be FORMAT.NAME=VALUE: " + option);
            }
            values.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return values;
    }
}
