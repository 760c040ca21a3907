package dev.windrow.api.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entity tags as RFC 9110, section 8.8.3, has them: made of bytes, and looked for in the lists that requests carry. */
public final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");
    private static final Pattern BETWEEN = Pattern.compile("[ \\t,]*");
    private static final int DIGEST_BYTES = 16;

    private EntityTags() {}

    /** A strong tag of these bytes, quoted. */
    public static String strong(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return '"'
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES))
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the lines of a header name the tag, weak or strong, or are {@code *}: for If-None-Match. */
    public static boolean matchesWeakly(List<String> lines, String tag) {
        return isAny(lines)
                || parse(lines).stream().anyMatch(listed -> listed.quoted().equals(tag));
    }

    /** Whether the lines of a header name the tag as a strong one, or are {@code *}: for If-Match. */
    public static boolean matchesStrongly(List<String> lines, String tag) {
        return isAny(lines)
                || parse(lines).stream()
                        .anyMatch(listed -> !listed.weak() && listed.quoted().equals(tag));
    }

    private static boolean isAny(List<String> lines) {
        return lines.size() == 1 && lines.get(0).trim().equals("*");
    }

    private record Listed(boolean weak, String quoted) {}

    /** Those before the first that is no tag: a list that is broken somewhere is not guessed at. */
    private static List<Listed> parse(List<String> lines) {
        String text = String.join(",", lines);
        List<Listed> tags = new ArrayList<>();
        int at = skip(text, 0);
        Matcher matcher = TAG.matcher(text);
        while (at < text.length() && matcher.region(at, text.length()).lookingAt()) {
            int next = skip(text, matcher.end());
            if (next < text.length() && text.substring(matcher.end(), next).indexOf(',') < 0) {
                break;
            }
            tags.add(new Listed(matcher.group(1) != null, matcher.group(2)));
            at = next;
        }
        return tags;
    }

    private static int skip(String text, int from) {
        Matcher matcher = BETWEEN.matcher(text).region(from, text.length());
        return matcher.lookingAt() ? matcher.end() : from;
    }
}
