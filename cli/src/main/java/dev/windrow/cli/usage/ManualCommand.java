package dev.windrow.cli.usage;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The manual page, made of every command's help, in the man macros of roff (man(7)). The help keeps its lines: a page
 * that is set anew would need each option's words a second time.
 */
@Command(
        name = "manual",
        description = "Prints the manual page, for `man`.",
        mixinStandardHelpOptions = true,
        footer = {"", "To read it:", "  windrow manual | man -l -"})
public final class ManualCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        String version = String.join(" ", root.getCommandSpec().version());
        out.println(".TH WINDROW 1 \"\" \"" + escaped(version) + "\" \"User Commands\"");
        out.println(".SH NAME");
        out.println("windrow \\- "
                + escaped(first(root.getCommandSpec().usageMessage().description())));
        command(root, out);
        out.flush();
    }

    private static void command(CommandLine command, PrintWriter out) {
        String name = command.getCommandSpec().qualifiedName();
        out.println(".SH \"" + escaped(name.toUpperCase(Locale.ROOT)) + "\"");
        out.println(".nf");
        command.getUsageMessage(Help.Ansi.OFF)
                .lines()
                .map(ManualCommand::escaped)
                .forEach(out::println);
        out.println(".fi");
        for (Map.Entry<String, CommandLine> one : command.getSubcommands().entrySet()) {
            CommandSpec below = one.getValue().getCommandSpec();
            // Of a command with two names, once.
            if (!below.usageMessage().hidden() && below.name().equals(one.getKey())) {
                command(one.getValue(), out);
            }
        }
    }

    private static String first(String[] lines) {
        return List.of(lines).isEmpty() ? "" : lines[0];
    }

    /** A line as text: a backslash, a hyphen that one may copy, and what would be a request at a line's start. */
    private static String escaped(String line) {
        String text = line.replace("\\", "\\e").replace("-", "\\-");
        return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
    }
}
