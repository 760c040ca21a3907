package dev.windrow.common.source.jdbc.draft;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes texts so that a reader of YAML gets them back, whatever they are. */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");
    /** Of YAML 1.1 and 1.2, in any case. */
    private static final Set<String> NO_TEXTS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private YamlText() {}

    /** Plain where that is safe, and else in double quotes. */
    static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NO_TEXTS.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    static String list(List<String> texts) {
        return texts.stream().map(YamlText::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (isShown(point)) {
                quoted.appendCodePoint(point);
            } else {
                quoted.append(String.format(Locale.ROOT, "\\U%08x", point));
            }
        });
        return quoted.append('"').toString();
    }

    /** Lines as they are, if each may stand so; else one scalar. */
    static String block(List<String> lines, String indent) {
        boolean shown = lines.stream().allMatch(line -> line.codePoints().allMatch(YamlText::isShown));
        return shown
                ? lines.stream().map(line -> "\n" + indent + line).collect(Collectors.joining("", "|", ""))
                : quoted(String.join("\n", lines));
    }

    /** A name within a comment: what would end the comment, or turn the order of what is shown, is a question mark. */
    static String comment(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> shown.appendCodePoint(isShown(point) ? point : '?'));
        return shown.toString();
    }

    /** Neither a control, nor a break of a line, nor invisible: a reader sees what is there. */
    private static boolean isShown(int point) {
        int type = Character.getType(point);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED;
    }
}
