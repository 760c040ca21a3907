package dev.windrow.worker.archive;

import dev.windrow.common.catalog.SafeName;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What an entry may be called: a relative path that stays below the folder it is unpacked in, and says what it seems to
 * say. What makes such a name is {@link SafeName}.
 */
public final class EntryName {
    /** In bytes of UTF-8. The local header has 16 bits for it; no file system takes over 255 bytes for one part. */
    public static final int LONGEST = 4096;

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    /** Control characters, line and paragraph separators, and the marks that turn the direction of reading around. */
    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private EntryName() {}

    /** Whether anybody's entry may be called that: it stays below its folder, wherever it is unpacked. */
    static boolean isAllowed(String name) {
        try {
            checkPath(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Bytes of the name in the archive, which is UTF-8. */
    public static int length(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Refuses, with the reason, what an entry of ours may not be called: each part must be a name on every system. */
    static void check(String name) {
        checkPath(name);
        if (!SafeName.path(name, LONGEST).equals(name)) {
            throw refused(name, "is no name of a file on every system");
        }
    }

    private static void checkPath(String name) {
        if (name.startsWith("/") || DRIVE.matcher(name).matches()) {
            throw refused(name, "is absolute");
        }
        if (name.indexOf('\\') >= 0) {
            throw refused(name, "has a backslash");
        }
        if (HIDDEN.matcher(name).find()) {
            throw refused(name, "has a control character");
        }
        if (LONE_SURROGATE.matcher(name).find()) {
            throw refused(name, "is no valid Unicode");
        }
        if (length(name) > LONGEST) {
            throw refused(name, "is longer than " + LONGEST + " bytes");
        }
        for (String part : name.split("/", -1)) {
            checkPart(name, part);
        }
    }

    private static void checkPart(String name, String part) {
        if (part.isEmpty() || part.equals(".") || part.equals("..")) {
            throw refused(name, "has the part '" + part + "'");
        }
        if (length(part) > SafeName.MOST_BYTES) {
            throw refused(name, "has a part longer than " + SafeName.MOST_BYTES + " bytes");
        }
    }

    private static IllegalArgumentException refused(String name, String why) {
        return new IllegalArgumentException(
                "entry name '" + HIDDEN.matcher(name).replaceAll("?") + "' " + why);
    }
}
