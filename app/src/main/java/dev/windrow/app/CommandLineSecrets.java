package dev.windrow.app;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Finds secrets on the command line: every user of a machine can read those of all its processes, for as long as they
 * run.
 */
final class CommandLineSecrets {
    private static final List<String> WORDS =
            List.of("password", "passwd", "passphrase", "secret", "token", "apikey", "maskkey", "credential");
    /** What Spring Boot takes settings from; Java's own properties are Java's. */
    private static final List<String> SETTINGS = List.of("windrow", "spring.", "server.", "management.");

    /** In a URL ({@code password=}, {@code user:password@}), in JSON, or a key as it is. */
    private static final Pattern SECRET_VALUE = Pattern.compile("(?i)(?:password|passwd|secret|token)=(?!\\$\\{|&|$)"
            + "|//[^/@\\s:]{0,200}+:(?!\\$\\{)[^/@\\s]{1,200}+@"
            + "|(?:password|secret|token)[^\"]{0,100}+\"\\s{0,9}+:|-----BEGIN ");

    /** Where the value is, not the value. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}:$]{0,200}+}");

    private CommandLineSecrets() {}

    /** The name of the first setting among the arguments that holds a secret. */
    static Optional<String> among(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("-"))
                .filter(argument -> isSecret(name(argument), argument.substring(end(argument))))
                .map(CommandLineSecrets::name)
                .findFirst();
    }

    /** As {@link #among}, of what was given to Java as {@code -Dname=value}. */
    static Optional<String> among(Properties properties) {
        return properties.stringPropertyNames().stream()
                .sorted()
                .filter(name -> SETTINGS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith))
                .filter(name -> isSecret(name, "=" + properties.getProperty(name)))
                .findFirst();
    }

    /** What is wrong with it, and the fix. */
    static String refusal(String name) {
        String variable = name.toUpperCase(Locale.ROOT)
                .replaceAll("\\[.*", "")
                .replace("-", "")
                .replaceAll("[^A-Z0-9_]", "_");
        return name
                + " has a secret in it, and every user of this machine can read the command line: set the environment"
                + " variable " + variable + " instead, or put it into application.yaml";
    }

    /** @param assigned the value with its equals sign; empty when there is none */
    private static boolean isSecret(String name, String assigned) {
        String value = assigned.isEmpty() ? assigned : assigned.substring(1);
        if (REFERENCE.matcher(value).matches() || assigned.equals("=")) {
            return false;
        }
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("\\[[^]]*]", "").replaceAll("[^a-z0-9.]", "");
        String last = plain.substring(plain.lastIndexOf('.') + 1);
        return WORDS.stream().anyMatch(last::contains)
                || SECRET_VALUE.matcher(value).find();
    }

    private static String name(String argument) {
        return argument.substring(0, end(argument)).replaceFirst("^-+", "");
    }

    private static int end(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument.length() : equals;
    }
}
