package dev.windrow.app;

import dev.windrow.app.home.SqliteLibrary;
import dev.windrow.cli.WindrowCommand;
import dev.windrow.cli.crash.VerifyCrashCommand;
import picocli.CommandLine;

/** The program. */
public final class Windrow {
    private Windrow() {}

    /** Runs one command; a server's command returns when it serves, and its threads keep the process alive. */
    public static void main(String[] arguments) {
        SqliteLibrary.unpackOnce();
        int code = commandLine().execute(arguments);
        if (code != ServeCommand.SERVING) {
            System.exit(code);
        }
    }

    /** Every command. */
    static CommandLine commandLine() {
        return WindrowCommand.commandLine(new LocalServer())
                .addSubcommand(new ServeCommand())
                .addSubcommand(new MigrateCommand())
                .addSubcommand(new KeyCommand())
                .addSubcommand(new CheckCatalogCommand())
                .addSubcommand(new VerifyCrashCommand())
                .addSubcommand(new VerifyCommand())
                .addSubcommand(new VerifyAuditCommand());
    }
}
