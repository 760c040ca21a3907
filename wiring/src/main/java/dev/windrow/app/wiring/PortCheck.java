package dev.windrow.app.wiring;

import dev.windrow.app.refusal.RefusedStartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Refuses a port that can't be listened on, before a home, a database or a secret is made: whoever starts Windrow a
 * second time by mistake is left with nothing to clear away. One that is taken between this and the server's own try is
 * refused by that.
 */
public final class PortCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final int USUAL = 8080;
    private static final int MOST = 65_535;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Binder settings = Binder.get(context.getEnvironment());
        int port = settings.bind("server.port", Integer.class).orElse(USUAL);
        check(settings, "server", port);
        int management = settings.bind("management.server.port", Integer.class).orElse(port);
        if (management != port) {
            check(settings, "management.server", management);
        }
    }

    /** Others than those of TCP are refused by {@link SecurityCheck}, and 0 is any that is free. */
    private static void check(Binder settings, String server, int port) {
        if (port < 1 || port > MOST) {
            return;
        }
        InetAddress address =
                settings.bind(server + ".address", InetAddress.class).orElse(null);
        // Bound, not listened on: no caller, nor a probe of the orchestrator, is taken in and dropped.
        try (SocketChannel socket = SocketChannel.open()) {
            // As the server does: what a connection of the process before has left does not count.
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port));
        } catch (IOException e) {
            String setting = server + ".port";
            throw new RefusedStartException(
                    "Port " + port + (address == null ? "" : " of " + address.getHostAddress()) + " can't be used ("
                            + e.getMessage() + "): stop what listens there, or choose another with --" + setting
                            + "=PORT or " + setting.toUpperCase(Locale.ROOT).replace('.', '_'),
                    e);
        }
    }
}
