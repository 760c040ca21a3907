package dev.windrow.cli;

import dev.windrow.cli.terminal.ProgressDisplay;
import dev.windrow.cli.terminal.Terminal;
import dev.windrow.client.ClientException;
import dev.windrow.client.Patience;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks a server something. */
abstract class ServerCommand implements Callable<Integer> {
    private final Patience patience;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ServerOptions access = new ServerOptions();

    ServerCommand(Patience patience) {
        this.patience = patience;
    }

    /** Asks, and says what came of it. */
    abstract void ask(Connection server, PrintWriter out) throws ClientException, InterruptedException, IOException;

    final CommandSpec spec() {
        return spec;
    }

    /** Whether nothing is to be said but what was asked for. */
    boolean quiet() {
        return false;
    }

    /** Whether how it goes is shown meanwhile. */
    boolean showsProgress() {
        return true;
    }

    /** What can be seen to be wrong before the server is asked. */
    void check() {}

    final ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    @Override
    public final Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = spec.commandLine().getOut();
        ProgressDisplay display = display(err, Clock.systemUTC());
        Connection server = new Connection(access.server(spec), access.apiKey(spec), patience, display);
        check();
        try {
            ask(server, out);
            display.close(null);
            out.flush();
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
            return ExitCodes.of(e);
        }
    }

    private ProgressDisplay display(PrintWriter err, Clock clock) {
        if (quiet()) {
            return ProgressDisplay.quiet(err, clock);
        }
        return showsProgress()
                ? new ProgressDisplay(err, Terminal.detect(System.getenv()), clock)
                : ProgressDisplay.notes(err, clock);
    }
}
