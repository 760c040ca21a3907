package dev.windrow.api.page;

import dev.windrow.api.http.EntityTags;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the page, read once. Their version is made of all their bytes and is part of their path, so that a
 * browser that has them asks for them again only after an upgrade.
 */
final class PageFiles {
    private static final String HTML = "index.html";
    private static final String ELEMENT = "windrow.js";
    private static final String STYLES = "page.css";
    private static final String SCRIPT = "page.js";

    /** What the page's script is joined from; each comes after those that it imports. */
    private static final List<String> MODULES = List.of(
            "dom.js",
            "session.js",
            "me.js",
            "fields.js",
            "choices.js",
            "elsewhere.js",
            "form.js",
            "card.js",
            "many.js",
            "queue.js",
            "filters.js",
            "exports.js",
            SCRIPT);

    private static final String VERSION_MARK = "{version}";

    private final PageFile html;
    private final PageFile element;
    private final Map<String, PageFile> assets = new LinkedHashMap<>();
    private final String version;

    PageFiles() {
        element = new PageFile(ELEMENT, ElementScript.join(PageFiles::read).getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        add(STYLES, read(STYLES), all);
        add(SCRIPT, Modules.join(PageFiles::read, MODULES).getBytes(StandardCharsets.UTF_8), all);
        version = EntityTags.strong(all.toByteArray()).replace("\"", "");
        String text = new String(read(HTML), StandardCharsets.UTF_8).replace(VERSION_MARK, version);
        html = new PageFile(HTML, text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(String name, byte[] content, ByteArrayOutputStream all) {
        assets.put(name, new PageFile(name, content));
        all.writeBytes(content);
    }

    PageFile html() {
        return html;
    }

    /** The custom element, in one file. */
    PageFile element() {
        return element;
    }

    /** What the page loads by its version; empty where there is no such file. */
    Optional<PageFile> asset(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    /** A segment of a path. */
    String version() {
        return version;
    }

    private static byte[] read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
