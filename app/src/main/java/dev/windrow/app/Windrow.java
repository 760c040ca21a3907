package dev.windrow.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.windrow.app.home.SqliteLibrary;
import dev.windrow.app.schema.Schema;
import dev.windrow.cli.WindrowCommand;
import dev.windrow.cli.crash.VerifyCrashCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The program. */
public final class Windrow {
    private Windrow() {}

    /** Runs one command; a server's command returns when it serves, and its threads keep the process alive. */
    public static void main(String[] arguments) {
        quietLibraries();
        SqliteLibrary.unpackOnce();
        int code = commandLine().execute(arguments);
        if (code != ServeCommand.SERVING) {
            System.exit(code);
        }
    }

    /**
     * What libraries log is no answer of a command: drivers log each statement that a database does not take. A server
     * sets levels of its own.
     */
    private static void quietLibraries() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
            context.getLogger("dev.windrow").setLevel(Level.WARN);
        }
    }

    /** Every command. */
    static CommandLine commandLine() {
        CommandLine commands = WindrowCommand.commandLine(new LocalServer())
                .addSubcommand(new ServeCommand())
                .addSubcommand(new MigrateCommand())
                .addSubcommand(new KeyCommand())
                .addSubcommand(new InitCommand())
                .addSubcommand(new CheckCatalogCommand())
                .addSubcommand(new VerifyCrashCommand())
                .addSubcommand(new VerifyCommand())
                .addSubcommand(new VerifyAuditCommand())
                .addSubcommand(new BackupCommand.Make())
                .addSubcommand(new BackupCommand.Restore());
        String version = String.join(" ", commands.getCommandSpec().version()) + ", schema " + Schema.VERSION;
        withVersion(commands, version);
        // It has been told to those alone that were there.
        return commands.setParameterExceptionHandler(commands.getParameterExceptionHandler());
    }

    /** Each command has the option, and all are the same program. */
    private static void withVersion(CommandLine command, String version) {
        command.getCommandSpec().versionProvider(() -> new String[] {version});
        command.getSubcommands().values().forEach(subcommand -> withVersion(subcommand, version));
    }
}
