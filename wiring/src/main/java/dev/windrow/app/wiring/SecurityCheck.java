package dev.windrow.app.wiring;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.SecuritySettings;
import dev.windrow.app.settings.SecuritySettings.Mode;
import dev.windrow.app.settings.WindrowSettings;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;

/**
 * Without credentials Windrow is for this machine alone: it refuses to listen where others could reach it. With them it
 * does so only under names of its own, and where nobody on the way can read them.
 */
public final class SecurityCheck implements InitializingBean {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityCheck.class);
    /** What {@code web.properties} says of the proxies that are believed. */
    private static final String ON_THIS_MACHINE = "127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|0:0:0:0:0:0:0:1|::1";

    private final WindrowSettings settings;
    private final ServerProperties server;
    private final Environment environment;

    SecurityCheck(WindrowSettings settings, ServerProperties server, Environment environment) {
        this.settings = settings;
        this.server = server;
        this.environment = environment;
    }

    @Override
    public void afterPropertiesSet() {
        Integer port = server.getPort();
        if (port != null && (port < 0 || port > 65_535)) {
            throw new RefusedStartException("server.port is " + port + "; say a number from 0 to 65535");
        }
        checkKeys();
        InetAddress address = server.getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            checkOpenToTheNetwork(address == null ? "not set" : address.getHostAddress());
        }
        warnOfFramework();
    }

    private void checkKeys() {
        SecuritySettings security = settings.security();
        if (security.isOfApplication()) {
            throw new RefusedStartException(
                    "windrow.security.mode is application, and this is a server of its own, where"
                            + " no application says who calls: set it to api-keys or jwt");
        }
        boolean any = !security.apiKeys().isEmpty() || security.keysFile() != null;
        if (security.mode().contains(Mode.API_KEYS) && !any) {
            throw new RefusedStartException("windrow.security.mode is api-keys, and there are none: set"
                    + " windrow.security.keys-file or windrow.security.api-keys; `windrow key new NAME` makes a key and its"
                    + " entry");
        } else if (!security.mode().contains(Mode.API_KEYS) && any) {
            throw new RefusedStartException(
                    "windrow.security.api-keys or .keys-file is set, and windrow.security.mode is "
                            + String.join(
                                    ",",
                                    security.mode().stream().map(Mode::toString).toList())
                            + ", so that no key would be asked for: set windrow.security.mode to api-keys, or remove the keys");
        } else if (!security.mode().contains(Mode.JWT)
                && !security.jwt().issuers().isEmpty()) {
            throw new RefusedStartException(
                    "windrow.security.jwt.issuers is set, and windrow.security.mode is without jwt,"
                            + " so that nobody's tokens would be believed: add jwt to it, or remove the issuers");
        }
    }

    private void checkOpenToTheNetwork(String address) {
        if (settings.security().isOpen()) {
            throw new RefusedStartException(
                    "windrow.security.mode is none, so that anybody who reaches the port may export everything: "
                            + "server.address must be a loopback address such as 127.0.0.1, and is " + address
                            + "; to be reached by others, set windrow.security.mode to api-keys or jwt");
        }
        String reached = "server.address is " + address + ", so that others reach the port, and ";
        if (settings.page().reachedBy().names().isEmpty()) {
            throw new RefusedStartException(reached
                    + "nothing says by which name: set windrow.page.hosts to the names that it is reached by, or"
                    + " windrow.page.url to its address");
        }
        ServerProperties.ForwardHeadersStrategy forwarded = server.getForwardHeadersStrategy();
        if (!Ssl.isEnabled(server.getSsl())
                && (forwarded == null || forwarded == ServerProperties.ForwardHeadersStrategy.NONE)) {
            throw new RefusedStartException(reached
                    + "credentials and exports would cross the network for everybody to read: set server.ssl.bundle (or"
                    + " server.ssl.certificate and .certificate-private-key), or, behind a proxy that ends TLS,"
                    + " server.forward-headers-strategy=native");
        }
        if (forwarded == ServerProperties.ForwardHeadersStrategy.NATIVE
                && ON_THIS_MACHINE.equals(environment.getProperty("server.tomcat.remoteip.internal-proxies"))) {
            LOG.warn("server.tomcat.remoteip.internal-proxies is not set, so that a proxy is believed only on this"
                    + " machine; if it is on another, set it to a pattern of the address that it asks from");
        }
    }

    /** Addresses of clients stand in the audit, and those who guess credentials are told apart by them. */
    private void warnOfFramework() {
        if (server.getForwardHeadersStrategy() == ServerProperties.ForwardHeadersStrategy.FRAMEWORK) {
            LOG.warn("server.forward-headers-strategy is framework, which believes what anybody says of an address; set"
                    + " it to native, which believes proxies alone");
        }
    }
}
