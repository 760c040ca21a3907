package dev.windrow.worker.outbox.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;

/** How a webhook gets out: names, and connections. A test has its own, which lets nothing leave. */
interface Network {
    /** Every address of a host, which may be an address itself. */
    InetAddress[] resolve(String host) throws UnknownHostException;

    /** A socket that is not connected, and knows no proxy. */
    Socket socket() throws IOException;

    /** The machine's. */
    Network REAL = new Network() {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return InetAddress.getAllByName(host);
        }

        @Override
        public Socket socket() {
            return new Socket(Proxy.NO_PROXY);
        }
    };
}
