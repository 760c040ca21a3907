package dev.windrow.cli;

import dev.windrow.client.ClientException;
import dev.windrow.client.ExportClient;
import dev.windrow.client.Patience;
import dev.windrow.client.StartRequest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A client of any Windrow server: starts an export, shows its progress, brings the archive here. */
@Command(
        name = "export",
        description = "Exports a dataset of a server to a ZIP archive here.",
        mixinStandardHelpOptions = true,
        footer = "%nA server that asks for a key gets the one in the environment variable WINDROW_API_KEY.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the archive is here, whole",
            "1:the export or the download failed",
            "2:the command is not as it should be, or the server refused it; nothing was started",
            "3:the server cannot be reached"
        })
final class ExportCommand implements Callable<Integer> {
    private final Patience patience;

    @Spec
    private CommandSpec spec = CommandSpec.create();

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
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the archive goes (the name that the server gives it, in this folder); - is standard"
                    + " output. The same command again takes up what was interrupted, but for -.")
    private @Nullable Path output;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:WINDROW_SERVER:-http://127.0.0.1:8080}",
            description = "The server (WINDROW_SERVER, or http://127.0.0.1:8080).")
    private URI server = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--api-key",
            hidden = true,
            arity = "0..1",
            paramLabel = "KEY",
            defaultValue = "${env:WINDROW_API_KEY}")
    private @Nullable String apiKey;

    ExportCommand(Patience patience) {
        this.patience = patience;
    }

    @Override
    public Integer call() throws InterruptedException {
        StartRequest request = new StartRequest(dataset, format, named(parameters), columns, formatOptions());
        checkKey();
        checkServer();
        checkOutput();
        Clock clock = Clock.systemUTC();
        ProgressDisplay display =
                new ProgressDisplay(spec.commandLine().getErr(), Terminal.detect(System.getenv()), clock);
        ExportClient client = new ExportClient(server, apiKey, patience, clock, display);
        try {
            deliver(request, new ExportRun(client, display), display);
            return 0;
        } catch (FileAlreadyExistsException e) {
            String reason = e.getReason() == null ? "" : "\n" + e.getReason();
            display.close("windrow: " + e.getFile() + " is there already; --force replaces it" + reason);
            return 1;
        } catch (IOException e) {
            display.close("windrow: cannot write the archive: " + e.getMessage());
            return 1;
        } catch (ClientException e) {
            display.close("windrow: " + e.getMessage());
            return switch (e.reason()) {
                case FAILED -> 1;
                case REFUSED -> 2;
                case NOT_REACHABLE -> 3;
            };
        }
    }

    private void deliver(StartRequest request, ExportRun run, ProgressDisplay display)
            throws ClientException, InterruptedException, IOException {
        if (toStandardOutput()) {
            // Not System.out, which keeps to itself that nobody reads on.
            run.toStream(request, new FileOutputStream(FileDescriptor.out));
            display.close(null);
            return;
        }
        DownloadedArchive downloaded =
                output == null ? run.toFolder(request, Path.of(""), force) : run.toFile(request, output, force);
        display.close(null);
        downloaded.print(spec.commandLine().getOut());
    }

    private boolean toStandardOutput() {
        return output != null && output.toString().equals("-");
    }

    private Map<String, List<String>> named(List<String> assignments) {
        Map<String, List<String>> values = new TreeMap<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw usage("-p must be NAME=VALUE: " + assignment);
            }
            values.computeIfAbsent(assignment.substring(0, equals), name -> new ArrayList<>())
                    .add(assignment.substring(equals + 1));
        }
        return values;
    }

    private Map<String, String> formatOptions() {
        Map<String, String> values = new TreeMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 0 || !option.substring(0, equals).matches("[a-z]+\\.[A-Za-z]+")) {
                throw usage("--option must be FORMAT.NAME=VALUE: " + option);
            }
            values.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return values;
    }

    private void checkServer() {
        if (server.getRawUserInfo() != null) {
            throw usage("--server must have no user or password in it");
        }
        String scheme = server.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!http || server.getHost() == null || server.getRawQuery() != null || server.getRawFragment() != null) {
            throw usage("--server must be an address like http://127.0.0.1:8080: " + server);
        }
    }

    /** The option is known only to be refused in its own words: it would be tried. */
    private void checkKey() {
        if (spec.commandLine().getParseResult().hasMatchedOption("--api-key")) {
            throw usage("--api-key is not taken, since every user of this machine can read the command line: set the"
                    + " environment variable WINDROW_API_KEY instead");
        }
        if (apiKey != null && !apiKey.matches("[\\x21-\\x7e]+")) {
            throw usage("WINDROW_API_KEY must be visible ASCII characters");
        }
    }

    /** Before anything is started: an export that has nowhere to go is not worth a wait. */
    private void checkOutput() {
        if (output == null) {
            return;
        }
        if (toStandardOutput()) {
            if (Terminal.isOutput()) {
                throw usage("-o - writes a ZIP archive to standard output, which is a terminal; redirect it");
            }
            return;
        }
        if (Files.isDirectory(output)) {
            throw usage("-o must be a file, not a folder: " + output);
        }
        if (!force && Files.exists(output)) {
            throw usage(output + " is there already; --force replaces it");
        }
        Path parent = output.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw usage("-o must be in a folder that is there: " + output);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
