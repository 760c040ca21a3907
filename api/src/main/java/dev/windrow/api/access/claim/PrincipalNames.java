package dev.windrow.api.access.claim;

/** Which texts name callers: owners of rows, parameters of queries, words in logs. */
public final class PrincipalNames {
    /** The longest, in characters. */
    public static final int MOST = 200;

    private PrincipalNames() {}

    /** Whether the text can name a caller: not blank, of characters that can be seen, and no half of one. */
    public static boolean isOne(String text) {
        return !text.isBlank()
                && text.length() <= MOST
                && text.equals(text.strip())
                && text.codePoints().noneMatch(PrincipalNames::isHidden);
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
