package dev.windrow.api.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an operator has the exports page look: its names, a logo, styles, and which sites may show it in a frame. The
 * files are read once, here; nobody writes to their content. Immutable.
 */
public final class PageTheme {
    /** The page as it comes. */
    public static final PageTheme USUAL = new PageTheme(PageNames.USUAL, null, null, List.of());

    static final String SVG = "logo.svg";
    static final String PNG = "logo.png";
    static final String CSS = "theme.css";

    /** Bytes. Every reader of the page loads them. */
    private static final int LARGEST = 256 * 1024;

    private static final byte[] PNG_BEGINS = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final PageNames names;
    private final Optional<PageFile> logo;
    private final Optional<PageFile> css;
    private final List<String> frameAncestors;

    /**
     * @param logo an SVG or PNG file; null for ours
     * @param css styles that come after the page's own; null for none
     * @param frameAncestors origins, as browsers send them
     * @throws IllegalArgumentException for a file that can't be served, naming the setting and how to mend it
     */
    public PageTheme(PageNames names, @Nullable Path logo, @Nullable Path css, List<String> frameAncestors) {
        this.names = names;
        this.logo = Optional.ofNullable(logo).map(PageTheme::picture);
        this.css = Optional.ofNullable(css).map(PageTheme::styles);
        this.frameAncestors = List.copyOf(frameAncestors);
    }

    PageNames names() {
        return names;
    }

    Optional<PageFile> logo() {
        return logo;
    }

    Optional<PageFile> css() {
        return css;
    }

    List<String> frameAncestors() {
        return frameAncestors;
    }

    private static PageFile picture(Path file) {
        String setting = "windrow.page.logo";
        byte[] content = read(setting, file);
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".png") && Arrays.equals(content, 0, Math.min(8, content.length), PNG_BEGINS, 0, 8)) {
            return new PageFile(PNG, content);
        }
        if (name.endsWith(".svg") && text(setting, file, content).contains("<svg")) {
            return new PageFile(SVG, content);
        }
        throw new IllegalArgumentException(setting + ": " + file
                + " is no picture of the kind that its name says; give an SVG (.svg) or a PNG (.png)");
    }

    private static PageFile styles(Path file) {
        byte[] content = read("windrow.page.css", file);
        text("windrow.page.css", file, content);
        return new PageFile(CSS, content);
    }

    private static byte[] read(String setting, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(setting + ": there is no such file as " + file + "; correct the path");
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException(setting + ": " + file + " has more than " + LARGEST / 1024
                        + " KiB, which everybody would load; make it smaller");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    setting + ": " + file + " can't be read: " + e.getMessage() + "; fix its permissions", e);
        }
    }

    private static String text(String setting, Path file, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(setting + ": " + file + " is not UTF-8; save it as UTF-8", e);
        }
    }
}
