package dev.windrow.app;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.cli.ServerLauncher;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the whole service in this process, for the demo. */
final class LocalServer implements ServerLauncher {
    @Override
    public Server start(Map<String, String> settings) throws StartException {
        List<String> arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toList();
        try {
            return new Running(WindrowApplication.start(arguments));
        } catch (RuntimeException e) {
            // Spring Boot has logged the whole story.
            throw new StartException(reason(e));
        }
    }

    private static String reason(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedStartException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return "the server did not start: " + e.getMessage();
    }

    private record Running(ConfigurableApplicationContext context) implements Server {
        @Override
        public URI url() {
            String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
            return URI.create("http://127.0.0.1:" + port);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
