package dev.windrow.api.start;

import dev.windrow.common.export.Artifact;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes a caller's file name safe to be one anywhere: no folders, nothing that ends a header line or reorders what is shown, nothing
 * that no encoding holds. The archive's place on disk never has anything of it.
 */
final class ArchiveName {
    /** The longest base name, in characters (code points). */
    static final int MOST = 200;

    /** Beyond this nothing is looked at. */
    static final int MOST_GIVEN = 1000;

    private static final String EXTENSION = Artifact.ZIP_EXTENSION;

    /** Path separators, controls, line and paragraph separators, direction marks, byte order marks, halves of surrogate pairs. */
    private static final Pattern UNSAFE = Pattern.compile(
            "[/\\\\\\p{Cc}\\u2028\\u2029\\u200e\\u200f\\u061c\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\p{Cs}]");

    private static final Pattern DOTS = Pattern.compile("\\.{2,}");
    private static final Pattern ZIP = Pattern.compile("\\.zip$", Pattern.CASE_INSENSITIVE);

    private ArchiveName() {}

    /** The archive's name, with extension; empty when nothing is left of what was given, or too much. */
    static Optional<String> of(String given) {
        if (given.length() > MOST_GIVEN) {
            return Optional.empty();
        }
        String name = UNSAFE.matcher(given).replaceAll("").strip();
        name = DOTS.matcher(ZIP.matcher(name).replaceFirst("")).replaceAll("");
        name = withoutEdges(name);
        return name.isEmpty() || name.codePointCount(0, name.length()) > MOST
                ? Optional.empty()
                : Optional.of(name + EXTENSION);
    }

    /** Without points and blanks of any kind around it. */
    private static String withoutEdges(String name) {
        int from = 0;
        int to = name.length();
        while (from < to && isEdge(name.charAt(from))) {
            from++;
        }
        while (from < to && isEdge(name.charAt(to - 1))) {
            to--;
        }
        return name.substring(from, to);
    }

    private static boolean isEdge(char c) {
        return c == '.' || Character.isSpaceChar(c);
    }
}
