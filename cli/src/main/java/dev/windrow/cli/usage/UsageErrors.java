package dev.windrow.cli.usage;

import dev.windrow.common.text.DidYouMean;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says in a line what is wrong with a command line, and in another where its help is. The help itself, which is longer
 * than a terminal's page, would push that out of sight; only who named no command is shown which there are.
 */
public final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        boolean unknown = e instanceof UnmatchedArgumentException;
        if (unknown && !command.getSubcommands().isEmpty()) {
            unknown(command, ((UnmatchedArgumentException) e).getUnmatched().get(0), err);
        } else if (arguments.length == 0 && !command.getSubcommands().isEmpty()) {
            err.println(e.getMessage());
            command.usage(err);
        } else {
            err.println(plain(Objects.requireNonNullElse(e.getMessage(), "")));
            if (!unknown || !UnmatchedArgumentException.printSuggestions(e, err)) {
                help(command, err);
            }
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Picocli's own guess of a command finds a likeness between any two words. */
    private static void unknown(CommandLine command, String word, PrintWriter err) {
        boolean option = word.startsWith("-");
        List<String> known = command.getSubcommands().entrySet().stream()
                .filter(one -> !one.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
        String guess = option ? "" : DidYouMean.guess(word, known).orElse("");
        err.println((option ? "There is no option " : "There is no command ") + word + guess);
        help(command, err);
    }

    private static void help(CommandLine command, PrintWriter err) {
        String name = command.getCommandSpec().qualifiedName();
        boolean commands = !command.getSubcommands().isEmpty();
        err.println("`" + name + " --help` " + (commands ? "lists the commands." : "says what it takes."));
    }

    /** Picocli names the types of Java, which mean nothing to most. */
    private static String plain(String message) {
        return message.replaceAll(" is not an? (?:long|int|integer|Long|Integer)$", " is not a whole number")
                .replaceAll(" is not an? (?:double|float)$", " is not a number");
    }
}
