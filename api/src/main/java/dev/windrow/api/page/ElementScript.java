package dev.windrow.api.page;

import java.util.List;
import java.util.function.Function;

/**
 * The custom element as pages load it: one script, joined from the modules in the folder {@code button}. Pages of
 * others may load it as a plain script, which knows no modules, and with one request.
 */
final class ElementScript {
    private static final String FOLDER = "button/";
    private static final String ENTRY = "windrow.js";

    /** Each comes after those that it imports. */
    private static final List<String> MODULES = List.of(
            "times.js",
            "address.js",
            "menders.js",
            "server.js",
            "texts/ar.js",
            "texts/de.js",
            "texts/en.js",
            "texts/es.js",
            "texts/fr.js",
            "texts/ja.js",
            "words.js",
            "follower.js",
            "memory.js",
            "styles.js",
            "markup.js",
            "view.js",
            "attributes.js",
            "request.js",
            "credentials.js",
            "files.js",
            "element.js",
            ENTRY);

    private ElementScript() {}

    /** @param read gives a file's content by its path below the page's folder */
    static String join(Function<String, byte[]> read) {
        String entry = Modules.source(read, FOLDER + ENTRY);
        int contract = entry.indexOf("*/\n") + 3;
        StringBuilder script = new StringBuilder(entry.substring(0, contract));
        script.append("(() => {\n\"use strict\";\n")
                .append("// On a server, where a framework renders pages, there are no elements.\n")
                .append(
                        "if (typeof customElements === \"undefined\" || customElements.get(\"windrow-export\")) return;\n");
        for (String name : MODULES) {
            String source =
                    name.equals(ENTRY) ? entry.substring(contract).strip() : Modules.source(read, FOLDER + name);
            script.append('\n').append(Modules.text(source));
        }
        return script.append("})();\n").toString();
    }
}
