package dev.windrow.app.wiring;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.WindrowSettings;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;

/** Without credentials Windrow is for this machine alone: it refuses to listen where others could reach it. */
public final class SecurityCheck implements InitializingBean {
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
        InetAddress address = server.getAddress();
        boolean open = settings.security().mode() == WindrowSettings.Security.Mode.NONE;
        if (open && (address == null || !address.isLoopbackAddress())) {
            throw new RefusedStartException(
                    "windrow.security.mode is none, so that anybody who reaches the port may export everything: "
                            + "server.address must be a loopback address such as 127.0.0.1, and is "
                            + (address == null ? "not set" : address.getHostAddress()));
        }
        checkManagement(port);
    }

    /**
     * A port of its own does not take the server's address: without one, Spring Boot has it listen on all there are.
     */
    private void checkManagement(@Nullable Integer serverPort) {
        Integer port = environment.getProperty("management.server.port", Integer.class);
        boolean isApart = port != null && port >= 0 && (port == 0 || !port.equals(serverPort));
        if (isApart && !environment.containsProperty("management.server.address")) {
            throw new RefusedStartException(
                    "management.server.port is set and management.server.address is not, so that every address of this"
                            + " machine would answer there; set it to 127.0.0.1, or to the address that probes ask");
        }
    }
}
