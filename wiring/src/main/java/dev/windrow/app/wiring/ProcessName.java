package dev.windrow.app.wiring;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.UUID;

/**
 * This process's name in claims and in JobRunr's tables: the host's and the process id, for people to read, and
 * something that no other process ever had, since both may come again. Letters, digits, dots, dashes and underscores
 * only: a file is named by it.
 */
public final class ProcessName {
    private static final String NAME = make();

    private ProcessName() {}

    public static String get() {
        return NAME;
    }

    private static String make() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        String safe = host.replaceAll("[^A-Za-z0-9._-]", "_");
        return String.format(
                Locale.ROOT,
                "%s-%d-%.8s",
                safe.substring(0, Math.min(safe.length(), 64)),
                ProcessHandle.current().pid(),
                UUID.randomUUID());
    }
}
