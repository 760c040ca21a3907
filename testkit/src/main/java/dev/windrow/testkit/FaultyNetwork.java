package dev.windrow.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A stretch of network to an HTTP server at which things go wrong when a test says so. It passes everything on as it is
 * but looks at where requests begin; it knows of bodies what {@code Content-Length} says, which is all that the S3
 * client uses. Each connection is one to the server.
 */
public final class FaultyNetwork implements AutoCloseable {
    private static final int BUFFER = 1 << 14;

    private final InetSocketAddress server;
    private final ServerSocket socket;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicLong cutAfter = new AtomicLong();
    private final Object gate = new Object();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> struck = head -> true;
    private volatile String stripped = "";
    private volatile String refusal = "";
    private volatile boolean refuses;
    private volatile boolean stalls;
    private volatile long bytesPerSecond = Long.MAX_VALUE;

    private FaultyNetwork(InetSocketAddress server) throws IOException {
        this.server = server;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** Before a server on this machine. */
    public static FaultyNetwork before(int port) {
        try {
            FaultyNetwork network = new FaultyNetwork(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            daemon("faulty-network", network::accept);
            return network;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The requests that have begun so far, from their first line to the empty one. */
    public List<String> seen() {
        return List.copyOf(seen);
    }

    /** Faults strike only requests whose head, from the first line to the empty one, fits; all of them at first. */
    public FaultyNetwork only(Predicate<String> head) {
        struck = head;
        return this;
    }

    /**
     * Requests that are struck lose that header, as at a server that does not know it. What was signed is another
     * request then, so it must be a server that asks nobody for access keys.
     */
    public void strip(String header) {
        stripped = header;
    }

    /** The next requests are answered 503 SlowDown, and do not reach the server. */
    public void slowDown(int many) {
        refuse(
                many,
                "503 Slow Down",
                "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>");
    }

    /** The next requests are answered so, and do not reach the server. */
    public void refuse(int many, String status, String xml) {
        refusal = "HTTP/1.1 " + status + "\r\nContent-Type: application/xml\r\nContent-Length: " + xml.length()
                + "\r\nConnection: close\r\n\r\n" + xml;
        refusals.set(many);
    }

    /** The next answers end after so many of their bytes, headers included, and their connection with them. */
    public void cutAnswers(int many, long afterBytes) {
        cutAfter.set(afterBytes);
        cuts.set(many);
    }

    /** Open connections are reset and new ones refused at once, until {@link #heal}. */
    public void refuseAll() {
        refuses = true;
        connections.forEach(FaultyNetwork::reset);
    }

    /** Nothing passes any more, and nobody is told, until {@link #heal}. */
    public void stall() {
        stalls = true;
    }

    /** Answers come no faster than this on each connection. */
    public void slow(long bytesASecond) {
        bytesPerSecond = bytesASecond;
    }

    /** As good as new. What was stalled goes on. */
    public void heal() {
        refuses = false;
        bytesPerSecond = Long.MAX_VALUE;
        refusals.set(0);
        cuts.set(0);
        stripped = "";
        struck = head -> true;
        synchronized (gate) {
            stalls = false;
            gate.notifyAll();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (refuses) {
                    reset(client);
                } else {
                    daemon("faulty-connection", () -> serve(client));
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        connections.add(client);
        try (client;
                Socket upstream = new Socket()) {
            upstream.connect(server);
            connections.add(upstream);
            AtomicLong cutAt = new AtomicLong(Long.MAX_VALUE);
            daemon("faulty-answers", () -> answers(upstream, client, cutAt));
            requests(client, upstream, cutAt);
            connections.remove(upstream);
        } catch (IOException e) {
            reset(client);
        } finally {
            connections.remove(client);
        }
    }

    private void requests(Socket client, Socket upstream, AtomicLong cutAt) throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = upstream.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (String head = head(in); head != null; head = head(in)) {
            seen.add(head);
            boolean isStruck = struck.test(head);
            if (isStruck && refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                client.getOutputStream().write(refusal.getBytes(StandardCharsets.ISO_8859_1));
                client.shutdownOutput();
                return;
            }
            if (isStruck && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                cutAt.set(cutAfter.get());
            }
            passGate();
            String passed = isStruck && !stripped.isEmpty()
                    ? head.replaceAll("(?im)^" + Pattern.quote(stripped) + ":.*\r\n", "")
                    : head;
            out.write(passed.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            for (long left = length(head); left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(BUFFER, left));
                if (read < 0) {
                    return;
                }
                passGate();
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private void answers(Socket upstream, Socket client, AtomicLong cutAt) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = upstream.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                passGate();
                long left = cutAt.get();
                int passed = (int) Math.min(left, read);
                out.write(buffer, 0, passed);
                if (passed == left) {
                    reset(client);
                    return;
                }
                if (left < Long.MAX_VALUE) {
                    cutAt.addAndGet(-passed);
                }
                if (bytesPerSecond < Long.MAX_VALUE) {
                    Thread.sleep(read * 1000L / bytesPerSecond);
                }
            }
            client.shutdownOutput();
        } catch (IOException e) {
            reset(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void passGate() throws IOException {
        synchronized (gate) {
            try {
                while (stalls) {
                    gate.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /** Up to and with the empty line; null at the end. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static long length(String head) {
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return 0;
    }

    /** So that the other side hears of it at once, and not as of an end. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is closed already.
            return;
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        heal();
        connections.forEach(FaultyNetwork::reset);
    }
}
