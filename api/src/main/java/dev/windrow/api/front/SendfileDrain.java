package dev.windrow.api.front;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Holds a shutdown, as long as the web server's own graceful stop may take, until the operating system has sent the
 * files that it was given to send.
 */
public final class SendfileDrain implements SmartLifecycle, TomcatConnectorCustomizer {
    private static final long REST_MILLIS = 50;

    private final List<BoundedProtocol> protocols = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    @Override
    public void customize(Connector connector) {
        if (connector.getProtocolHandler() instanceof BoundedProtocol protocol) {
            protocols.add(protocol);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    /** Beside the graceful stop of the web server; the time for both together is the phase's. */
    @Override
    public void stop(Runnable callback) {
        stop();
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread looking = new Thread(task, "sendfile-drain");
            looking.setDaemon(true);
            return looking;
        });
        var unused = thread.scheduleWithFixedDelay(
                () -> {
                    if (protocols.stream().noneMatch(BoundedProtocol::isSending)) {
                        callback.run();
                        thread.shutdown();
                    }
                },
                0,
                REST_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }
}
