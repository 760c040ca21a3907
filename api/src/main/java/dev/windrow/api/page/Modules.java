package dev.windrow.api.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Joins scripts that are written as modules, so that a browser asks for one file in place of many. */
final class Modules {
    private static final String EXPORT = "export ";

    private Modules() {}

    /**
     * @param read gives a file's content by its path below the page's folder
     * @param names each after those that it imports
     */
    static String join(Function<String, byte[]> read, List<String> names) {
        return names.stream().map(name -> text(read, name)).collect(Collectors.joining("\n"));
    }

    /** A module's text without what is between modules: they share one scope, so their names must differ. */
    static String text(Function<String, byte[]> read, String name) {
        String text = new String(read.apply(name), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> !line.startsWith("import "))
                .map(line -> line.startsWith(EXPORT) ? line.substring(EXPORT.length()) : line)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
