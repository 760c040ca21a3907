package dev.windrow.app.hostile;

import java.util.List;
import java.util.Random;

/** Texts that nobody means well with: made of given parts, of any characters, or of a good text that was damaged. */
public final class HostileText {
    /**
     * What programs stumble over: ends of lines and texts, marks that are not seen, halves of pairs, other digits and
     * dots.
     */
    private static final String ODD =
            "\0\t\n\u000b\r\u001f \"$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u007f\u0085\u00a0\u00ad\u0130\u0131"
                    + "\u0660\u061c\u200b\u200f\u2028\u2029\u202e\u3000\ud800\udbff\udc00\udfff\ufeff\uff1d\uff0e\ufffe\uffff";

    private HostileText() {}

    /** Some of the parts in a row, and now and then a character of any kind. */
    public static String of(Random random, List<String> parts, int most) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            text.append(random.nextInt(20) == 0 ? any(random) : one(random, parts));
        }
        return text.toString();
    }

    /** Characters of all kinds, odd ones often; half surrogate pairs too. */
    public static String any(Random random, int most) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            text.append(any(random));
        }
        return text.toString();
    }

    /** Without half surrogate pairs, which UTF-8 can't hold. */
    public static String whole(Random random, int most) {
        StringBuilder text = new StringBuilder();
        any(random, most)
                .codePoints()
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    /** The text with a few pieces cut out, doubled, replaced or put in. */
    public static String damaged(Random random, String text, List<String> parts) {
        StringBuilder damaged = new StringBuilder(text);
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            int from = random.nextInt(damaged.length() + 1);
            int to = Math.min(damaged.length(), from + random.nextInt(random.nextBoolean() ? 3 : 40));
            switch (random.nextInt(5)) {
                case 0 -> damaged.delete(from, to);
                case 1 -> damaged.insert(from, damaged.substring(from, to));
                case 2 -> damaged.insert(from, any(random));
                case 3 -> damaged.insert(from, one(random, parts));
                default -> damaged.replace(from, to, one(random, parts));
            }
        }
        return damaged.toString();
    }

    public static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String any(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> String.valueOf(ODD.charAt(random.nextInt(ODD.length())));
            case 1 -> Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
            default -> Character.toString(' ' + random.nextInt('~' - ' ' + 1));
        };
    }
}
