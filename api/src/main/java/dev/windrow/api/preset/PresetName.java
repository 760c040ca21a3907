package dev.windrow.api.preset;

/** What a preset may be called: words of people, in any script, that stand in a path as one part of it. */
final class PresetName {
    static final int MOST = 64;

    /** Each means something in a path, and servers on the way take it for that though it is escaped. */
    private static final String REFUSED = "/\\;%";

    static final String RULE = "must have 1 to " + MOST
            + " characters, with no / \\ ; % and no control characters among them, no dot first, and no blank at an end";

    private PresetName() {}

    static boolean isName(String text) {
        return !text.isEmpty()
                && text.codePointCount(0, text.length()) <= MOST
                && text.equals(text.strip())
                && text.charAt(0) != '.'
                && text.codePoints().allMatch(PresetName::isAllowed);
    }

    /** None that is not seen and moves others about, as marks for directions do: joiners alone are part of words. */
    private static boolean isAllowed(int point) {
        return REFUSED.indexOf(point) < 0
                && switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.SURROGATE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    case Character.FORMAT -> point == 0x200C || point == 0x200D;
                    default -> true;
                };
    }
}
