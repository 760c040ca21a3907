package dev.windrow.cli.terminal;

/** What is said on Ctrl-C or SIGTERM until it is forgotten. */
public final class LastWords {
    private final Thread hook;

    public LastWords(ProgressDisplay display, String words) {
        hook = new Thread(() -> display.close(words), "windrow-last-words");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says nothing from now on. */
    public void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process ends already, and the words are being said.
            return;
        }
    }
}
