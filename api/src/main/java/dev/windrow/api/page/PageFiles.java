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
    static final List<String> MODULES = List.of(
            "kept.js",
            "texts.js",
            "dom.js",
            "attention.js",
            "session.js",
            "me.js",
            "combobox.js",
            "range.js",
            "fields.js",
            "columns.js",
            "choices.js",
            "form.js",
            "when.js",
            "card.js",
            "many.js",
            "queue.js",
            "filters.js",
            "exports.js",
            SCRIPT);

    /**
     * What is loaded later: by few, once somebody fills the form in or opens details. Each takes what it uses from
     * those above, or from another of these.
     */
    private static final List<String> LATER =
            List.of("again.js", "elsewhere.js", "entries.js", "operations.js", "presets.js", "schedules.js", "told.js");

    /** Each has its texts in a file of its own, of which the page's script loads one, in two parts. */
    private static final List<String> LANGUAGES = List.of("ar", "de", "en", "es", "fr", "ja");

    private final PageFile html;
    private final PageFile element;
    private final Map<String, PageFile> assets = new LinkedHashMap<>();
    private final String version;

    PageFiles(PageTheme theme) {
        element = new PageFile(ELEMENT, ElementScript.join(PageFiles::read).getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        add(STYLES, plain(STYLES), all);
        add(SCRIPT, Modules.shared(PageFiles::read, MODULES, LATER).getBytes(StandardCharsets.UTF_8), all);
        for (String name : LATER) {
            add(name, Modules.later(PageFiles::read, name, SCRIPT, LATER).getBytes(StandardCharsets.UTF_8), all);
        }
        for (String language : LANGUAGES) {
            String texts = Modules.source(PageFiles::read, "texts/" + language + ".js");
            add(language + ".js", PageTexts.first(texts).getBytes(StandardCharsets.UTF_8), all);
            add(language + "-later.js", PageTexts.later(texts).getBytes(StandardCharsets.UTF_8), all);
        }
        theme.css().ifPresent(css -> add(css.name(), css.content(), all));
        theme.logo().ifPresent(logo -> add(logo.name(), logo.content(), all));
        version = EntityTags.strong(all.toByteArray()).replace("\"", "");
        String text = new Branding(theme, version).of(new String(read(HTML), StandardCharsets.UTF_8));
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

    private static byte[] plain(String name) {
        return Modules.plain(Modules.source(PageFiles::read, name)).getBytes(StandardCharsets.UTF_8);
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
