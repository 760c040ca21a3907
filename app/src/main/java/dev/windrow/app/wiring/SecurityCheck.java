package dev.windrow.app.wiring;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/** Without credentials Windrow is for this machine alone: it refuses to listen where others could reach it. */
public final class SecurityCheck implements InitializingBean {
    private static final Logger log = LoggerFactory.getLogger(SecurityCheck.class);

    private final WindrowSettings settings;
    private final ServerProperties server;

    SecurityCheck(WindrowSettings settings, ServerProperties server) {
        this.settings = settings;
        this.server = server;
    }

    @Override
    public void afterPropertiesSet() {
        if (settings.limits().isSet()) {
            log.warn("windrow.limits.* has no effect in this version");
        }
        Integer port = server.getPort();
        if (port != null && (port < 0 || port > 65_535)) {
            throw new RefusedStartException("server.port is " + port + "; say a number from 0 to 65535");
        }
        InetAddress address = server.getAddress();
        boolean open = settings.security().mode() == WindrowSettings.Security.Mode.NONE;
        if (open && (address == null || !address.isLoopbackAddress())) {
            throw new RefusedStartException(
                    "windrow.security.mode is none, so that anybody who reaches the port may export everything: "
                            + "server.address must be a loopback address such as 127.0.0.1, and is "
                            + (address == null ? "not set" : address.getHostAddress()));
        }
    }
}
