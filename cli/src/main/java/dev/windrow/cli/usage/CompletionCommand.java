package dev.windrow.cli.usage;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has the shell complete commands and options, by a script that picocli makes of them. */
@Command(
        name = "completion",
        description = "Prints the script by which bash and zsh complete commands and options.",
        mixinStandardHelpOptions = true,
        footer = {"", "For this shell:", "  source <(windrow completion)"})
public final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("windrow", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
    }
}
