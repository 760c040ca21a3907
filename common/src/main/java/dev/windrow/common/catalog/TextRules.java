package dev.windrow.common.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text value must be. Lengths count Unicode code points, and a pattern is searched for, not matched whole, as
 * JSON Schema has both.
 *
 * <p>A pattern is the operator's, the value the caller's, and Java's engine backtracks: an innocent pattern such as
 * {@code (a+)+$} takes exponential time on the wrong value, and {@code (a|b)*} overflows the stack on a long one. So
 * the engine reads the value through a counter, and a value that makes it read on for longer than any honest one is
 * refused like one that does not match. The values of a list share one count, or a thousand of them would each take as
 * long. Belongs to one thread.
 */
final class TextRules {
    /** About 50 ms; a pattern that looks at each character of the longest body once needs a hundredth of it. */
    private static final int MAX_READS = 5_000_000;

    private final Parameter parameter;
    private int reads;

    TextRules(Parameter parameter) {
        this.parameter = parameter;
    }

    /** What is wrong with the value, in words that do not repeat it; empty when nothing is. */
    List<String> check(String text) {
        if (text.indexOf('\0') >= 0) {
            return List.of("holds a NUL character, which no value may");
        }
        if (text.codePoints().anyMatch(TextRules::isSurrogate)) {
            return List.of("holds half a surrogate pair, which is no character");
        }
        List<String> wrong = new ArrayList<>();
        int length = text.codePointCount(0, text.length());
        if (parameter.minLength() != null && length < parameter.minLength()) {
            wrong.add("expected at least " + characters(parameter.minLength()) + ", not " + length);
        }
        if (parameter.maxLength() != null && length > parameter.maxLength()) {
            wrong.add("expected at most " + characters(parameter.maxLength()) + ", not " + length);
        }
        if (wrong.isEmpty() && parameter.pattern() != null && !matches(parameter.pattern(), text)) {
            wrong.add("expected a text that matches the pattern " + parameter.pattern());
        }
        return wrong;
    }

    /**
     * Code points of a well-formed string are never surrogates: only halves without their other half show up as such.
     */
    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static String characters(int count) {
        return count == 1 ? "1 character" : count + " characters";
    }

    private boolean matches(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(new CountedText(text));
        try {
            // In Java a dollar sign matches before a last line end too; in JSON Schema's dialect (ECMA-262) at the very
            // end only.
            return matcher.find() && !(matcher.requireEnd() && matcher.end() < text.length());
        } catch (TooManyReadsException | StackOverflowError e) {
            return false;
        }
    }

    private final class CountedText implements CharSequence {
        private final String text;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (reads >= MAX_READS) {
                throw new TooManyReadsException();
            }
            reads++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooManyReadsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyReadsException() {
            super("too many reads", null, false, false);
        }
    }
}
