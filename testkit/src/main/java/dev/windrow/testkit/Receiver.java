package dev.windrow.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** A target of webhooks on the loopback, which keeps what it gets and answers as a test says, however badly. */
public final class Receiver implements AutoCloseable {
    private static final String LENGTH = "content-length";

    private final String scheme;
    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Manner manner;

    /** @param headers by their names in lower case */
    public record Received(String line, Map<String, String> headers, String body) {
        public String id() {
            return String.valueOf(headers.get("webhook-id"));
        }
    }

    /** Answers a request; may take its time, throw, or leave the connection open. */
    @FunctionalInterface
    public interface Manner {
        void answer(Received request, OutputStream out) throws IOException, InterruptedException;
    }

    private Receiver(String scheme, Manner manner, ServerSocketFactory sockets) throws IOException {
        this.scheme = scheme;
        this.manner = manner;
        this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** One that answers with that status. */
    public static Receiver answering(int status) {
        return of(status(status));
    }

    public static Receiver of(Manner manner) {
        return of("http", manner, ServerSocketFactory.getDefault());
    }

    /** One over TLS, with the certificate that the context has. */
    public static Receiver of(Manner manner, SSLContext context) {
        return of("https", manner, context.getServerSocketFactory());
    }

    private static Receiver of(String scheme, Manner manner, ServerSocketFactory sockets) {
        try {
            Receiver receiver = new Receiver(scheme, manner, sockets);
            Thread thread = new Thread(receiver::accept, "receiver");
            thread.setDaemon(true);
            thread.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Manner status(int status, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String text = "HTTP/1.1 " + status + " Whatever\r\n" + more + "Content-Length: 2\r\n\r\nok";
        return (request, out) -> out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    public void now(Manner other) {
        manner = other;
    }

    public String url() {
        return scheme + "://127.0.0.1:" + server.getLocalPort() + "/hook?key=secret";
    }

    public List<Received> received() {
        return new ArrayList<>(received);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "receiver-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String line = line(in);
            Map<String, String> headers = new TreeMap<>();
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                int colon = header.indexOf(':');
                headers.put(
                        header.substring(0, colon).toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).strip());
            }
            byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault(LENGTH, "0")));
            Received request = new Received(line, headers, new String(body, StandardCharsets.UTF_8));
            received.add(request);
            OutputStream out = socket.getOutputStream();
            manner.answer(request, out);
            out.flush();
        } catch (IOException e) {
            // The other end has gone, or the test has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the request broke off");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
