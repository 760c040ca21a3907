package dev.windrow.api.page;

import java.util.List;

/**
 * The page's texts in one language: one file to write, and two to load, since what few open has a quarter of them.
 */
final class PageTexts {
    /** What the keys begin with that only scripts show which are loaded later. */
    static final List<String> LATER =
            List.of("elsewhere.", "entries.", "message.", "operations.", "presets.", "schedules.", "told.");

    /** What the line of a key begins with. A text may go on over the lines that follow, which are indented by more. */
    private static final String KEY = "  \"";

    private PageTexts() {}

    /** @param source of the language's module */
    static String first(String source) {
        return module(source, false);
    }

    /** The others; they are added to the first ones. */
    static String later(String source) {
        return module(source, true);
    }

    private static String module(String source, boolean later) {
        StringBuilder module = new StringBuilder();
        boolean wanted = false;
        for (String line : source.lines().toList()) {
            if (line.startsWith(KEY)) {
                wanted = LATER.stream().anyMatch(kind -> line.startsWith(kind, KEY.length())) == later;
            }
            if (wanted && line.startsWith("  ")) {
                module.append(line).append('\n');
            }
        }
        return "export default {\n" + Modules.plain(module.toString()) + "};\n";
    }
}
