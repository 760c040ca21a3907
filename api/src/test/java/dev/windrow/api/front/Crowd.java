package dev.windrow.api.front;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Many connections at once, on which requests begin and do not end. */
final class Crowd implements AutoCloseable {
    private final int port;
    private final List<SocketChannel> connections = new ArrayList<>();
    private final List<ByteArrayOutputStream> answers = new ArrayList<>();
    private final List<Boolean> ended = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Crowd(int port) {
        this.port = port;
    }

    /** Opens connections, each of which sends one of the texts. */
    void send(int number, String... texts) throws IOException {
        for (int i = 0; i < number; i++) {
            SocketChannel connection =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            ByteBuffer text = ByteBuffer.wrap(texts[i % texts.length].getBytes(StandardCharsets.ISO_8859_1));
            while (text.hasRemaining()) {
                connection.write(text);
            }
            connection.configureBlocking(false);
            connections.add(connection);
            answers.add(new ByteArrayOutputStream());
            ended.add(false);
        }
    }

    /** Sends one more byte on each connection every so many seconds. */
    void keepSending(int seconds) {
        var unused = clock.scheduleWithFixedDelay(
                () -> connections.forEach(connection -> {
                    try {
                        connection.write(ByteBuffer.wrap(new byte[] {' '}));
                    } catch (IOException e) {
                        // Closed by the server.
                    }
                }),
                seconds,
                seconds,
                TimeUnit.SECONDS);
    }

    /** How many connections the server has answered and closed. */
    int answered() {
        int all = 0;
        for (int i = 0; i < connections.size(); i++) {
            all += hasEnded(i) ? 1 : 0;
        }
        return all;
    }

    private boolean hasEnded(int i) {
        ByteBuffer piece = ByteBuffer.allocate(4096);
        try {
            int read = ended.get(i) ? 0 : connections.get(i).read(piece);
            if (read > 0) {
                answers.get(i).write(piece.array(), 0, read);
            }
            ended.set(i, ended.get(i) || read < 0);
        } catch (IOException e) {
            ended.set(i, true);
        }
        return ended.get(i);
    }

    /** What came on each connection, once the server has ended them all, which it does within this time. */
    List<String> answers(Duration time) {
        await().atMost(time).until(() -> answered() == connections.size());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            texts.add(answers.get(i).toString(StandardCharsets.ISO_8859_1));
        }
        return texts;
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }
}
