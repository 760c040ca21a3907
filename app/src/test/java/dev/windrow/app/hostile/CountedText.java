package dev.windrow.app.hostile;

/** A text that counts how often it is looked at, which tells more than a clock, and the same on every machine. */
final class CountedText implements CharSequence {
    private final String text;
    private final long most;
    private long reads;

    /** @param most the reads after which it has been enough */
    CountedText(String text, long most) {
        this.text = text;
        this.most = most;
    }

    /** Says that there is no end to it. */
    static final class EnoughException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    long reads() {
        return reads;
    }

    @Override
    public char charAt(int index) {
        if (++reads > most) {
            throw new EnoughException();
        }
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
