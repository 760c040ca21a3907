package dev.windrow.api.start;

import dev.windrow.common.catalog.SafeName;
import dev.windrow.common.export.Artifact;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes a caller's file name safe to be one anywhere: no folders, nothing that ends a header line or reorders what is
 * shown, nothing that some system refuses or takes for another. The archive's place on disk never has anything of it.
 */
final class ArchiveName {
    /** The longest base name, in characters (code points). What is more than a file system takes is cut. */
    static final int MOST = 200;

    /** Beyond this nothing is looked at. */
    static final int MOST_GIVEN = 1000;

    private static final String EXTENSION = Artifact.ZIP_EXTENSION;

    private static final String LETTER = "x";
    private static final Pattern DOTS = Pattern.compile("\\.{2,}");

    private ArchiveName() {}

    /** The archive's name, with extension; empty when nothing is left of what was given, or too much. */
    static Optional<String> of(String given) {
        if (given.length() > MOST_GIVEN) {
            return Optional.empty();
        }
        // Behind a letter, so that a dot at its beginning is still there when the extension is looked for.
        String name = SafeName.part(LETTER + given, "", Integer.MAX_VALUE);
        int end = name.length() - EXTENSION.length();
        boolean extended = name.regionMatches(true, end, EXTENSION, 0, EXTENSION.length());
        name = DOTS.matcher(extended ? name.substring(LETTER.length(), end) : name.substring(LETTER.length()))
                .replaceAll("");
        // Without the blanks around it, which don't count.
        name = SafeName.part(name, "", Integer.MAX_VALUE);
        String safe = SafeName.part(name, "", SafeName.MOST_BYTES - EXTENSION.length());
        return safe.isEmpty() || name.codePointCount(0, name.length()) > MOST
                ? Optional.empty()
                : Optional.of(safe + EXTENSION);
    }
}
