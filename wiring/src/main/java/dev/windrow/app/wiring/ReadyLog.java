package dev.windrow.app.wiring;

import dev.windrow.app.home.Home;
import dev.windrow.app.settings.WindrowSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** Says once where the process serves, what part it plays, and where it keeps everything; and that it stops. */
public final class ReadyLog {
    private static final Logger log = LoggerFactory.getLogger(ReadyLog.class);

    private final WindrowSettings settings;
    private final Home home;
    private final Duration patience;

    /** @param patience how long the servers wait for requests when the process is asked to end */
    public ReadyLog(WindrowSettings settings, Home home, Duration patience) {
        this.settings = settings;
        this.home = home;
        this.patience = patience;
    }

    @EventListener
    void serves(WebServerInitializedEvent event) {
        // The port of management has a server of its own, if it is another one.
        if ("management".equals(event.getApplicationContext().getServerNamespace())) {
            return;
        }
        log.info(
                "Windrow {} serves {} as {}, with {}",
                Version.get(),
                address(
                        event.getApplicationContext().getEnvironment(),
                        event.getWebServer().getPort()),
                settings.role(),
                places(settings, home.folder()));
    }

    /** One that a browser on this machine can open; all addresses are shown as this machine's own. */
    static String address(Environment environment, int port) {
        String host = environment.getProperty("server.address", "");
        boolean any = host.isBlank() || host.equals("0.0.0.0") || host.equals("::");
        String shown = any ? "127.0.0.1" : host.indexOf(':') < 0 ? host : "[" + host + "]";
        boolean secure = environment.containsProperty("server.ssl.bundle")
                || environment.containsProperty("server.ssl.key-store")
                || environment.containsProperty("server.ssl.certificate");
        String path = environment.getProperty("server.servlet.context-path", "");
        return (secure ? "https://" : "http://") + shown + ":" + port + path + "/";
    }

    /** What is kept where. An url of a database may hold secrets, and is not said. */
    static String places(WindrowSettings settings, Path home) {
        String archives = settings.artifacts().url();
        if (settings.database().url() == null && archives == null) {
            return "everything in " + home;
        }
        return "its home in " + home + ", the status table in " + settings.database() + ", archives in "
                + (archives == null ? "the home" : archives);
    }

    /** Before anything is closed: whoever waits for the process to end is told what it waits for. */
    @EventListener
    void stops(ContextClosedEvent event) {
        if (event.getApplicationContext().getParent() != null) {
            return;
        }
        String runs = settings.role().works() ? ", running exports go back to the queue with what they have" : "";
        log.info(
                "stopping: no new work is taken{}; requests and downloads have {} s to end",
                runs,
                patience.toSeconds());
    }
}
