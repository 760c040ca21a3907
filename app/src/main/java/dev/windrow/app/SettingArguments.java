package dev.windrow.app;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Settings on the command line. */
final class SettingArguments {
    private static final Pattern SETTING = Pattern.compile("--[^=]+=.*", Pattern.DOTALL);

    private SettingArguments() {}

    /**
     * Refuses secrets, and what Spring Boot would pass over without a word, or take for a setting without a value:
     * {@code --windrow.home /data}.
     */
    static void check(CommandLine command, List<String> arguments) {
        CommandLineSecrets.among(arguments)
                .or(() -> CommandLineSecrets.among(System.getProperties()))
                .ifPresent(name -> {
                    throw new ParameterException(command, CommandLineSecrets.refusal(name));
                });
        for (String argument : arguments) {
            if (!SETTING.matcher(argument).matches()) {
                throw new ParameterException(command, "Settings are given as --name=value, not so: " + argument);
            }
        }
    }
}
