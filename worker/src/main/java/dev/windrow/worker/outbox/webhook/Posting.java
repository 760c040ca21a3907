package dev.windrow.worker.outbox.webhook;

import dev.windrow.common.outbox.WebhookUrl;
import dev.windrow.common.thread.DaemonThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends one POST to an address that was checked, and reads of the answer its status alone. A request has a connection
 * of its own, follows nothing, keeps nothing, knows no proxy, and is cut when its time is over, whatever the other end
 * does. Safe for use by many threads.
 */
final class Posting implements AutoCloseable {
    private static final int MOST_HEADERS = 200;
    private static final int MOST_LINE = 16_384;

    private final Network network;
    private final Duration patience;
    private final ScheduledExecutorService cutter =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("windrow-webhook-cutter"));

    /** @param patience for a whole request */
    Posting(Network network, Duration patience) {
        this.network = network;
        this.patience = patience;
    }

    /**
     * Sends it.
     *
     * @param inside whether the target may be on this machine or in a private network
     * @return the status of the answer
     * @throws RefusedAddressException if one of the host's addresses may not be a target: nothing was connected to
     * @throws IOException if there is no answer in time
     */
    int send(WebhookUrl url, boolean inside, Map<String, String> headers, String body) throws IOException {
        HttpPost request = new HttpPost(url.path());
        headers.forEach(request::setHeader);
        request.setEntity(
                new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), ContentType.parse("application/json")));
        Line line = new Line(network);
        Future<?> cut = cutter.schedule(line::cut, patience.toMillis(), TimeUnit.MILLISECONDS);
        try (CloseableHttpClient client = client(line, inside)) {
            ClassicHttpResponse answer =
                    client.executeOpen(new HttpHost(url.scheme(), url.host(), url.port()), request, null);
            int status = answer.getCode();
            // Not closed in order, which would read the rest of it.
            request.abort();
            client.close(CloseMode.IMMEDIATE);
            return status;
        } finally {
            cut.cancel(false);
        }
    }

    private CloseableHttpClient client(Line line, boolean inside) {
        Timeout time = Timeout.ofMilliseconds(patience.toMillis());
        DefaultHttpClientConnectionOperator operator = new DefaultHttpClientConnectionOperator(
                proxy -> line.open(),
                null,
                new Checked(network, inside),
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register("https", DefaultClientTlsStrategy.createDefault())
                        .build());
        BasicHttpClientConnectionManager connections = new BasicHttpClientConnectionManager(
                operator,
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(MOST_HEADERS)
                                .setMaxLineLength(MOST_LINE)
                                .build())
                        .build());
        connections.setConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(time)
                .setSocketTimeout(time)
                .build());
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(time)
                        .setRedirectsEnabled(false)
                        .setAuthenticationEnabled(false)
                        .setContentCompressionEnabled(false)
                        .build())
                .setUserAgent("Windrow")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    @Override
    public void close() {
        cutter.shutdownNow();
    }

    /**
     * The sockets of one request, one for each address that is tried. The client does not end a connect when it is told
     * to, and goes on to the next address when one is silent: so what is cut here are the sockets themselves.
     */
    private static final class Line {
        private final Network network;
        private @Nullable Socket socket;
        private boolean cut;

        Line(Network network) {
            this.network = network;
        }

        /** Where the time is over it is closed already, and connects to nothing. */
        synchronized Socket open() throws IOException {
            Socket opened = network.socket();
            socket = opened;
            if (cut) {
                opened.close();
            }
            return opened;
        }

        synchronized void cut() {
            cut = true;
            if (socket != null) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // It is as good as closed.
                }
            }
        }
    }

    /** The client connects to what this answers, and to nothing else. */
    private record Checked(Network network, boolean inside) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = network.resolve(host);
            for (InetAddress address : addresses) {
                if (!AddressGuard.allows(address, inside)) {
                    throw new RefusedAddressException();
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
