package dev.windrow.app.wiring;

import dev.windrow.app.home.Home;
import dev.windrow.app.settings.WindrowSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Says once where the process serves, what part it plays, and where it keeps everything. */
final class ReadyLog implements ApplicationListener<WebServerInitializedEvent> {
    private static final Logger log = LoggerFactory.getLogger(ReadyLog.class);

    private final WindrowSettings.Role role;
    private final Home home;

    ReadyLog(WindrowSettings.Role role, Home home) {
        this.role = role;
        this.home = home;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        // The port of management has a server of its own, if it is another one.
        if ("management".equals(event.getApplicationContext().getServerNamespace())) {
            return;
        }
        log.info(
                "Windrow {} serves port {} as {}, with everything in {}",
                Version.get(),
                event.getWebServer().getPort(),
                role,
                home.folder());
    }
}
