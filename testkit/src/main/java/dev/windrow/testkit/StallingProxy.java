package dev.windrow.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * A network between somebody and a server of this machine that can go wrong: connections go silent without an end, are
 * refused, or take long. Safe for use by many threads.
 */
public final class StallingProxy implements AutoCloseable {
    private enum Mode {
        PASS,
        SWALLOW,
        REFUSE
    }

    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private volatile ServerSocket listening;
    private volatile Thread accepting;
    private volatile Socket held = new Socket();
    private volatile Mode mode = Mode.PASS;
    private volatile long delayMillis;

    private StallingProxy(int target) {
        this.target = target;
        this.listening = listen(0);
    }

    /** @param target a port of this machine */
    public static StallingProxy to(int target) {
        return new StallingProxy(target);
    }

    /** The port that stands for the server's. */
    public int port() {
        return listening.getLocalPort();
    }

    /** How many connections are open now, those that are silent among them. */
    public int connections() {
        return links.size();
    }

    /** The connections of now are silent for good, as after a fail-over; new ones work. */
    public void stall() {
        links.forEach(link -> link.stalled = true);
    }

    /** Ends the connections that are silent for good, as keep-alive on both sides would some day. */
    public void forget() {
        links.stream().filter(link -> link.stalled).forEach(Link::close);
    }

    /** Whatever is sent is kept, on old connections and new ones, until it is passed on again. */
    public void swallow() {
        mode = Mode.SWALLOW;
    }

    /** Ends all connections, and lets nobody make another. */
    public void refuse() {
        int port = port();
        mode = Mode.REFUSE;
        stopListening();
        links.forEach(Link::close);
        // Nobody else may get the port meanwhile, so it is held without anybody listening on it. Whoever is just
        // accepting keeps it for a moment more.
        held = insist(() -> hold(port));
    }

    /** Works again. */
    public void pass() {
        if (mode == Mode.REFUSE) {
            int port = held.getLocalPort();
            close(held);
            listening = insist(() -> listen(port));
        }
        synchronized (gate) {
            mode = Mode.PASS;
            gate.notifyAll();
        }
    }

    /** How long each message is on its way, in each direction. */
    public void delay(Duration time) {
        delayMillis = time.toMillis();
    }

    private ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            accepting = start(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T insist(Supplier<T> binding) {
        return Awaitility.await("the port")
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(binding::get, bound -> true);
    }

    private static Socket hold(int port) {
        try {
            Socket socket = new Socket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                Socket client = socket.accept();
                try {
                    Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target)).open();
                    links.add(link);
                    if (mode == Mode.REFUSE) {
                        link.close();
                    }
                } catch (IOException e) {
                    close(client);
                }
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "stalling-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A socket that a thread waits at keeps its port until that thread has come back. */
    private void stopListening() {
        close(listening);
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        close(listening);
        close(held);
        links.forEach(Link::close);
    }

    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile boolean stalled;
        private volatile boolean closed;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        Link open() {
            start(() -> pump(client, server));
            start(() -> pump(server, client));
            return this;
        }

        private void pump(Socket from, Socket to) {
            byte[] buffer = new byte[64 << 10];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                int read = in.read(buffer);
                while (read >= 0) {
                    await();
                    out.write(buffer, 0, read);
                    read = in.read(buffer);
                }
            } catch (IOException e) {
                // One side has closed; the other one follows.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        private void await() throws InterruptedException {
            if (delayMillis > 0) {
                Thread.sleep(delayMillis);
            }
            synchronized (gate) {
                while (!closed && (stalled || mode == Mode.SWALLOW)) {
                    gate.wait();
                }
            }
        }

        void close() {
            closed = true;
            synchronized (gate) {
                gate.notifyAll();
            }
            links.remove(this);
            StallingProxy.close(client);
            StallingProxy.close(server);
        }
    }
}
