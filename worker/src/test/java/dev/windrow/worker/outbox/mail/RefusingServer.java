package dev.windrow.worker.outbox.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A server of mails that says yes to everything but one command. */
final class RefusingServer implements AutoCloseable {
    /** What it says at first, before any command. */
    static final String GREETING = "GREETING";
    /** What it says when it has the whole mail. */
    static final String END = ".";

    private final ServerSocket server;
    private final String command;
    private final String refusal;

    /** @param command such as {@code RCPT}, {@link #GREETING} or {@link #END} */
    RefusingServer(String command, String refusal) {
        this.command = command;
        this.refusal = refusal;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "refusing-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                speak(socket);
            } catch (IOException e) {
                // The other end has gone, or the test has ended.
            }
        }
    }

    private void speak(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        say(socket, answer(GREETING, "220 ready"));
        boolean isMail = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (isMail) {
                isMail = !line.equals(END);
                if (!isMail) {
                    say(socket, answer(END, "250 taken"));
                }
                continue;
            }
            String word = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
            String answer = answer(word, word.equals("DATA") ? "354 go on" : "250 fine");
            isMail = answer.startsWith("354");
            say(socket, answer);
        }
    }

    private String answer(String word, String usual) {
        return word.equals(command) ? refusal : usual;
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
