package dev.windrow.cli;

import dev.windrow.cli.usage.CompletionCommand;
import dev.windrow.cli.usage.ManualCommand;
import dev.windrow.cli.usage.UsageErrors;
import dev.windrow.client.Patience;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of the command line. Without a subcommand it is a usage error, as an unknown one is. */
@Command(
        name = "windrow",
        description = "Durable exports: rows of any number to an archive that downloads later.",
        mixinStandardHelpOptions = true,
        versionProvider = WindrowCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "To see it work:",
            "  windrow demo",
            "",
            "`windrow help COMMAND` tells of one command. The documents are in the folder docs of the source."
        })
public final class WindrowCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private WindrowCommand() {}

    /**
     * The command line with the commands that are clients; those that are servers are added to it with
     * {@link CommandLine#addSubcommand(Object)}.
     *
     * @param launcher starts the demo's server
     */
    public static CommandLine commandLine(ServerLauncher launcher) {
        return commandLine(launcher, Patience.DEFAULT);
    }

    static CommandLine commandLine(ServerLauncher launcher, Patience patience) {
        return new CommandLine(new WindrowCommand())
                .addSubcommand(new DemoCommand(launcher))
                .addSubcommand(new DatasetsCommand(patience))
                .addSubcommand(new ExportCommand(patience))
                .addSubcommand(new ListCommand(patience))
                .addSubcommand(new OneExport.Status(patience))
                .addSubcommand(new OneExport.Cancel(patience))
                .addSubcommand(new OneExport.Download(patience))
                .addSubcommand(new OneExport.Link(patience))
                .addSubcommand(SchedulesCommand.commandLine(patience))
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new ManualCommand())
                .addSubcommand(new HelpCommand())
                .setParameterExceptionHandler(new UsageErrors());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    /** The version that the jar was built as. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = WindrowCommand.class.getPackage().getImplementationVersion();
            return new String[] {"windrow " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
