package dev.windrow.cli;

import dev.windrow.cli.ServerLauncher.Draft;
import dev.windrow.cli.ServerLauncher.Server;
import dev.windrow.cli.ServerLauncher.StartException;
import dev.windrow.cli.terminal.LastWords;
import dev.windrow.cli.terminal.ProgressDisplay;
import dev.windrow.cli.terminal.ProgressWords;
import dev.windrow.cli.terminal.Terminal;
import dev.windrow.client.ClientException;
import dev.windrow.client.ExportClient;
import dev.windrow.client.ExportStatus;
import dev.windrow.client.Patience;
import dev.windrow.client.StartRequest;
import dev.windrow.common.artifact.OwnerOnly;
import dev.windrow.examples.Example;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The main job on real data, from nothing to an archive: sample database, server, one export, and then the page. Or the
 * page for the tables of a database that is there already.
 */
@Command(
        name = "demo",
        description = "Makes a sample database, serves it, and exports it through the public API. With a JDBC-URL:"
                + " serves the tables of that database, which is only read.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";

    private final ServerLauncher launcher;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "JDBC-URL",
            description = "A database of your own: jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE. A password may"
                    + " come from the environment, see windrow init --help.")
    private @Nullable String jdbcUrl;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Rows to export (${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--example",
            paramLabel = "NAME",
            defaultValue = "sensors",
            description = "Which sample: sensors (the default), vibration, projects, posts, surveys or embedding.")
    private String exampleName = "sensors";

    @Option(names = "--once", description = "End after the export instead of serving on.")
    private boolean once;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:WINDROW_HOME:-windrow-data}",
            description = "Everything that Windrow keeps (WINDROW_HOME, or windrow-data); the demo's own is in demo/.")
    private Path home = Path.of("windrow-data");

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "${env:SERVER_PORT:-8080}",
            description = "Where to serve on 127.0.0.1 (SERVER_PORT, or 8080); 0 is any free port.")
    private int port;

    @Option(names = "--server.port", hidden = true)
    private @Nullable Integer serverPort;

    @Option(names = "--windrow.home", hidden = true)
    private @Nullable Path windrowHome;

    DemoCommand(ServerLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws InterruptedException {
        takeSettings();
        checkOptions();
        Clock clock = Clock.systemUTC();
        ProgressDisplay display =
                new ProgressDisplay(spec.commandLine().getErr(), Terminal.detect(System.getenv()), clock);
        try {
            checkPort();
            if (jdbcUrl == null) {
                makeExample(display);
                display.note("Starts the server; its log is " + log());
                serve(display, clock);
            } else {
                serveOwn(jdbcUrl, display);
            }
            return 0;
        } catch (StartException | ClientException e) {
            display.close("windrow: " + e.getMessage());
        } catch (IOException e) {
            display.close("windrow: cannot write to " + folder() + ": " + e.getMessage());
        }
        return 1;
    }

    private void serve(ProgressDisplay display, Clock clock)
            throws StartException, ClientException, IOException, InterruptedException {
        DownloadedArchive downloaded;
        try (Server server = launcher.start(settings())) {
            display.note("Exports the " + example().loadWords() + " through " + server.url());
            ExportClient client = new ExportClient(server.url(), null, Patience.DEFAULT, clock, display);
            downloaded = export(client, display);
            if (!once) {
                display.close("Open " + server.url() + " to start more; Ctrl-C ends the server.");
                downloaded.print(spec.commandLine().getOut());
                awaitTheEnd();
                return;
            }
        }
        // After the server: nothing that it says while it stops comes behind the two lines.
        display.close(null);
        downloaded.print(spec.commandLine().getOut());
    }

    private void serveOwn(String url, ProgressDisplay display) throws StartException, IOException {
        display.note("Looks at the tables of the database");
        Draft draft = launcher.draft(url, privateFolder());
        draft.words().forEach(display::note);
        display.note("Starts the server; its log is " + log());
        Map<String, String> settings = settings();
        settings.put("windrow.catalog", draft.catalog().toString());
        try (Server server = draft.launcher().start(settings)) {
            display.close("Open " + server.url() + " to export them; Ctrl-C ends the server. Their catalog is "
                    + draft.catalog() + "; windrow init writes one to keep.");
            awaitTheEnd();
        }
    }

    private DownloadedArchive export(ExportClient client, ProgressDisplay display)
            throws ClientException, IOException, InterruptedException {
        Map<String, List<String>> parameters = new HashMap<>();
        example().parameters().forEach((name, value) -> parameters.put(name, List.of(value)));
        ExportStatus begun = client.start(new StartRequest(example().dataset(), "csv", parameters, List.of()));
        LastWords lastWords = new LastWords(
                display, "Interrupted. The export goes on when Windrow serves this home again: " + begun.id());
        try {
            ExportStatus completed = client.await(begun.id());
            Path archive = folder().resolve(DownloadedArchive.safeName(completed));
            client.download(completed, archive, true);
            OwnerOnly.close(archive);
            display.warn(completed);
            return DownloadedArchive.of(completed, archive);
        } finally {
            lastWords.forget();
        }
    }

    private void makeExample(ProgressDisplay display) throws IOException {
        Path folder = privateFolder();
        if (example().loadRows(folder).orElse(-1) == rows) {
            display.note("Uses the sample database in " + folder);
            if (!Files.exists(catalog())) {
                example().writeCatalog(folder);
            }
            return;
        }
        long all = example().rowsInAll(rows);
        String load = ProgressWords.grouped(rows) + " " + example().loadWords();
        // The count that follows is of all of them.
        String what = all == rows ? load : ProgressWords.grouped(all) + " rows, among them " + load + ",";
        display.note("Makes a sample database of " + what + " in " + folder);
        example().create(folder, rows, done -> display.step("rows", done, all));
    }

    private Path privateFolder() throws IOException {
        return Files.isDirectory(folder()) ? folder() : Files.createDirectories(folder(), OwnerOnly.folder());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("windrow.home", home.toString());
        settings.put("windrow.catalog", catalog().toString());
        settings.put("server.address", LOOPBACK);
        settings.put("server.port", Integer.toString(port));
        // The terminal is for progress: the log goes to a file, and only warnings come here.
        settings.put("spring.main.banner-mode", "off");
        settings.put("logging.threshold.console", "warn");
        settings.put("logging.file.name", log().toString());
        // Warns of formats that the catalog offers and this version has not; this catalog is ours, not the newcomer's.
        settings.put("logging.level.dev.windrow.app.catalog.Catalogs", "error");
        return settings;
    }

    /** Asked before the database is made, so that a port that is taken does not cost a wait. */
    private void checkPort() throws StartException {
        if (port == 0) {
            return;
        }
        try (SocketChannel socket = SocketChannel.open()) {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new StartException("Port " + port + " of " + LOOPBACK + " cannot be used (" + e.getMessage()
                    + "). Stop what listens there, or choose another port with --port.");
        }
    }

    /** The names of the settings that serve takes are understood too. */
    private void takeSettings() {
        port = serverPort == null ? port : serverPort;
        home = windrowHome == null ? home : windrowHome;
    }

    private void checkOptions() {
        if (jdbcUrl != null && once) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--once ends after the export of a sample; leave it out, or take `windrow init` and"
                            + " `windrow export`");
        }
        if (rows < 1) {
            throw new ParameterException(spec.commandLine(), "--rows must be at least 1: " + rows);
        }
        if (Example.named(exampleName).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--example must be one of " + String.join(", ", Example.names()) + ": " + exampleName);
        }
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port must be 0 to 65535: " + port);
        }
    }

    /** Ctrl-C ends the process, and the server with it, in the server's own way; an interrupt ends the wait. */
    private static void awaitTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Example example() {
        return Example.named(exampleName).orElseThrow();
    }

    /** Each sample has its own; the one of the sensors is the demo's, which a server without a catalog serves. */
    private Path folder() {
        Path demo = home.resolve("demo");
        if (jdbcUrl != null) {
            return demo.resolve("own");
        }
        return example().equals(Example.SENSORS) ? demo : demo.resolve(exampleName);
    }

    private Path catalog() {
        return folder().resolve("catalog.yaml");
    }

    private Path log() {
        return folder().resolve("windrow.log");
    }
}
