package dev.windrow.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine. */
public final class Ports {
    private static final int FIRST = 20_000;
    /** The least that Linux gives to a connection by itself, which would take it before its server is there. */
    private static final int END = 32_768;

    private static final Set<Integer> given = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /**
     * One on the loopback address that nobody listened at a moment ago, each time another; by chance, since tests of
     * other processes look for theirs at the same time.
     */
    public static int free() {
        for (int i = 0; i < END - FIRST; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port) && given.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free from " + FIRST + " to " + (END - 1));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
