package dev.windrow.api.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Joins scripts that are written as modules, so that a browser asks for one file in place of many. */
final class Modules {
    private static final String EXPORT = "export ";
    private static final String IMPORT = "import ";

    private Modules() {}

    /**
     * @param read gives a file's content by its path below the page's folder
     * @param names each after those that it imports
     */
    static String join(Function<String, byte[]> read, List<String> names) {
        return names.stream().map(name -> text(source(read, name))).collect(Collectors.joining("\n"));
    }

    /**
     * As {@link #join}, with the names at its end that other scripts, which are loaded later, import from its parts.
     *
     * @param later the other ones, which may import from each other too
     */
    static String shared(Function<String, byte[]> read, List<String> names, List<String> later) {
        String imported = later.stream()
                .flatMap(name -> imports(read, name))
                .filter(line -> !isFromOneOf(later, line))
                .map(line -> line.substring(line.indexOf('{') + 1, line.indexOf('}')))
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return join(read, names) + "export { " + imported + " };\n";
    }

    /**
     * A script that is loaded later, which imports from the joined one what its text imports from that one's parts.
     *
     * @param later all that are: what is imported from one of them stays so
     */
    static String later(Function<String, byte[]> read, String name, String joined, List<String> later) {
        List<String> imports = imports(read, name).toList();
        String text = lines(read, name)
                .filter(line -> !line.startsWith(IMPORT) && !isComment(line))
                .map(String::stripLeading)
                .collect(Collectors.joining("\n", "", "\n"));
        return imports.stream()
                .map(line -> isFromOneOf(later, line)
                        ? line + "\n"
                        : line.substring(0, line.indexOf(" from ")) + " from \"./" + joined + "\";\n")
                .collect(Collectors.joining("", "", text));
    }

    private static boolean isFromOneOf(List<String> later, String line) {
        return later.stream().anyMatch(name -> line.endsWith(" from \"./" + name + "\";"));
    }

    private static Stream<String> imports(Function<String, byte[]> read, String name) {
        return lines(read, name).filter(line -> line.startsWith(IMPORT));
    }

    private static Stream<String> lines(Function<String, byte[]> read, String name) {
        return source(read, name).lines();
    }

    static String source(Function<String, byte[]> read, String name) {
        return new String(read.apply(name), StandardCharsets.UTF_8);
    }

    /**
     * A module's text without what is between modules: they share one scope, so their names must differ. Lines that are
     * comments are left out too, for they would be a fifth of what a browser loads, and so is
     * what lines are indented by.
     */
    static String text(String source) {
        return source.lines()
                .filter(line -> !line.startsWith(IMPORT) && !isComment(line))
                .map(line -> line.startsWith(EXPORT) ? line.substring(EXPORT.length()) : line.stripLeading())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Styles or texts, without comments that are lines of their own, and without what lines are indented by. */
    static String plain(String source) {
        return source.lines()
                .filter(line -> !line.isBlank() && !isComment(line))
                .map(String::stripLeading)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean isComment(String line) {
        String text = line.strip();
        return text.startsWith("//")
                || text.startsWith("/*") && text.endsWith("*/")
                || text.startsWith("/**")
                || text.startsWith("* ")
                || text.startsWith("*/")
                || text.equals("*");
    }
}
