package dev.windrow.worker.outbox.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names as a test says, and connections that are written down and never made: nothing leaves, whatever is wrong. A
 * literal is resolved as the machine does, which asks nobody.
 */
final class SealedNetwork implements Network {
    private final Map<String, Deque<InetAddress[]>> names = new HashMap<>();
    final List<SocketAddress> connected = new ArrayList<>();
    int lookUps;

    /** Answers to look-ups of a name, one after another; the last for all that follow. */
    SealedNetwork name(String host, String... answers) throws UnknownHostException {
        Deque<InetAddress[]> each = new ArrayDeque<>();
        for (String answer : answers) {
            String[] addresses = answer.isBlank() ? new String[0] : answer.split(" ");
            InetAddress[] found = new InetAddress[addresses.length];
            for (int i = 0; i < addresses.length; i++) {
                found[i] = literal(addresses[i]);
            }
            each.add(found);
        }
        names.put(host, each);
        return this;
    }

    private static InetAddress literal(String text) throws UnknownHostException {
        if (!text.matches("[0-9.]+|[0-9a-fA-F:.%]+")) {
            throw new UnknownHostException(text);
        }
        return InetAddress.getByName(text);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        lookUps++;
        Deque<InetAddress[]> answers = names.get(host);
        if (answers == null) {
            return new InetAddress[] {literal(host)};
        }
        InetAddress[] answer = answers.size() > 1 ? answers.poll() : answers.peek();
        return answer == null ? new InetAddress[0] : answer;
    }

    @Override
    public Socket socket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress address) throws IOException {
                connect(address, 0);
            }

            @Override
            public void connect(SocketAddress address, int timeout) throws IOException {
                connected.add(address);
                throw new IOException("this network has no way out");
            }
        };
    }

    /** The addresses that somebody tried to connect to. */
    List<String> reached() {
        return connected.stream()
                .map(address -> ((InetSocketAddress) address).getAddress().getHostAddress())
                .toList();
    }
}
