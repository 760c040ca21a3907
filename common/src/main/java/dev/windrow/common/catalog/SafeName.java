package dev.windrow.common.catalog;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes names of files out of any text: such as Windows, macOS and Linux all take, and take for what they seem to be.
 * Every step is one walk over the text, and what is safe already stays as it is. Without state.
 */
public final class SafeName {
    /**
     * The most bytes that one part of a path may have, in UTF-8. Never fewer than its UTF-16 units, which other systems
     * count.
     */
    public static final int MOST_BYTES = 255;

    /** What stands for a character that may be in no name, where it leaves a trace. */
    public static final String TRACE = "_";

    /** More than that after the last dot is no extension but text. */
    private static final int MOST_EXTENSION_BYTES = 32;

    private static final String ILLEGAL = "<>:\"/\\|?*";

    /** Names of Windows' devices, whatever follows after a dot. The superscript digits count as digits there. */
    private static final Set<String> DEVICES = Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$");

    private static final Set<String> PORTS = Set.of("COM", "LPT");
    private static final String PORT_NUMBERS = "0123456789\u00b9\u00b2\u00b3";

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    /** The first of the scripts and signs that are spelt with joiners: Arabic; emoji are far behind it. */
    private static final int FIRST_JOINED = 0x600;

    /** Letters and signs that look like a blank: fillers of Hangul, the empty Braille cell. */
    private static final Set<Integer> FILLERS = Set.of(0x115f, 0x1160, 0x2800, 0x3164, 0xffa0);

    private SafeName() {}

    /** As {@link #part(String, String, int)}, with all the bytes that a part may have. */
    public static String part(String given, String instead) {
        return part(given, instead, MOST_BYTES);
    }

    /**
     * The text as the name of one file or folder: without control and format characters, halves of surrogate pairs and
     * what is no character, without {@code < > : " / \ | ? *}, without blanks and dots at its ends, no name of a
     * device, and not too long.
     *
     * @param instead what stands for each of the visible characters that no name may have: {@link #TRACE} or nothing
     * @param mostBytes in UTF-8; what is too long is cut before its extension
     * @return empty when nothing is left
     */
    public static String part(String given, String instead, int mostBytes) {
        String part = cut(trimmed(legal(given, instead)), mostBytes);
        return isReserved(part) ? notReserved(cut(part, mostBytes - TRACE.length())) : part;
    }

    private static String notReserved(String part) {
        int end = part.indexOf('.') < 0 ? part.length() : part.indexOf('.');
        return part.substring(0, end) + TRACE + part.substring(end);
    }

    /**
     * The text as a path below a folder: each part between slashes is made safe, and those of which nothing is left,
     * {@code .} and {@code ..} among them, are none. A path of too many bytes loses parts before its last one.
     *
     * @param mostBytes of the whole, in UTF-8; more than one part may have
     * @return never empty
     */
    public static String path(String given, int mostBytes) {
        List<String> kept = new ArrayList<>();
        int left = mostBytes;
        for (String part : lastFirst(given)) {
            String safe = part(part, TRACE);
            if (!safe.isEmpty() && bytes(safe) <= left) {
                kept.add(safe);
                left -= bytes(safe) + 1;
            }
        }
        Collections.reverse(kept);
        return kept.isEmpty() ? TRACE : String.join("/", kept);
    }

    private static List<String> lastFirst(String path) {
        List<String> parts = new ArrayList<>(List.of(path.split("/", -1)));
        Collections.reverse(parts);
        return parts;
    }

    /** Whether Windows keeps the name to itself, for a device: with any extension, and in any case. */
    public static boolean isReserved(String part) {
        int dot = part.indexOf('.');
        String base = (dot < 0 ? part : part.substring(0, dot)).stripTrailing().toUpperCase(Locale.ROOT);
        return DEVICES.contains(base)
                || base.length() == 4
                        && PORTS.contains(base.substring(0, 3))
                        && PORT_NUMBERS.indexOf(base.charAt(3)) >= 0;
    }

    /**
     * The same for two names that some system takes for one: without regard to case, by the full folding of Unicode, to
     * how accents are put together, and to joiners.
     */
    public static String key(String name) {
        // Mostly the string itself: keys of many names are held at once.
        return isAscii(name) ? name.toLowerCase(Locale.ROOT) : folded(name);
    }

    private static String folded(String name) {
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
        String joined = decomposed.replace("\u200c", "").replace("\u200d", "");
        // Twice: the capital sharp s has a small one, which has two capitals.
        String lower = joined.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String folded = lower.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFD);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(unit -> unit < 0x80);
    }

    /** Where the extension begins, with its dot; the end of the name when it has none. */
    public static int extension(String part) {
        int dot = part.lastIndexOf('.');
        return dot <= 0 || bytes(part.substring(dot)) > MOST_EXTENSION_BYTES ? part.length() : dot;
    }

    /** A safe name without its end, as much of it as has that many bytes; the extension is kept. */
    public static String cut(String part, int mostBytes) {
        if (bytes(part) <= mostBytes) {
            return part;
        }
        String extension = part.substring(extension(part));
        String stem = part.substring(0, part.length() - extension.length());
        int left = mostBytes - bytes(extension);
        int end = 0;
        while (left >= 0 && end < stem.length()) {
            int codePoint = stem.codePointAt(end);
            left -= bytes(Character.toString(codePoint));
            end += left < 0 ? 0 : Character.charCount(codePoint);
        }
        return trimmed(stem.substring(0, end)) + extension;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String legal(String given, String instead) {
        StringBuilder legal = new StringBuilder(given.length());
        int last = 0;
        for (int at = 0; at < given.length(); ) {
            int codePoint = given.codePointAt(at);
            at += Character.charCount(codePoint);
            if (ILLEGAL.indexOf(codePoint) >= 0) {
                legal.append(instead);
                last = '_';
            } else if (isJoiner(codePoint) ? joins(last, given, at) : !isHidden(codePoint)) {
                legal.appendCodePoint(codePoint);
                last = codePoint;
            }
        }
        return legal.toString();
    }

    private static boolean isJoiner(int codePoint) {
        return codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
    }

    /**
     * Persian and Indic words and many emoji are not what they were without their joiners; anywhere else these hide in
     * names.
     */
    private static boolean joins(int before, String text, int next) {
        int after = next < text.length() ? text.codePointAt(next) : 0;
        return before >= FIRST_JOINED && !isJoiner(before) && after >= FIRST_JOINED && !isHidden(after);
    }

    /** What is not seen or turns the direction of what is, and what is no character. Joiners are among it. */
    public static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> (codePoint & 0xfffe) == 0xfffe || codePoint >= 0xfdd0 && codePoint <= 0xfdef;
        };
    }

    private static String trimmed(String name) {
        int from = 0;
        while (from < name.length() && isEdge(name.charAt(from))) {
            from++;
        }
        int to = name.length();
        while (to > from && isEdge(name.charAt(to - 1))) {
            to--;
        }
        return name.substring(from, to);
    }

    /** No half of a surrogate pair is one. */
    private static boolean isEdge(char unit) {
        return unit == '.'
                || Character.isWhitespace(unit)
                || Character.isSpaceChar(unit)
                || isJoiner(unit)
                || FILLERS.contains((int) unit);
    }
}
