package dev.windrow.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This process's name in claims and in JobRunr's tables: the host's, and the process id. For people to read; nothing depends on it. */
final class ProcessName {
    private ProcessName() {}

    static String get() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        return host + ":" + ProcessHandle.current().pid();
    }
}
