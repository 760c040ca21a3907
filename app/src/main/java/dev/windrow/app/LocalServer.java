package dev.windrow.app;

import dev.windrow.app.catalog.CatalogEnvironment;
import dev.windrow.app.catalog.DraftFile;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.cli.ServerLauncher;
import dev.windrow.common.catalog.SourceInspector.InspectionException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the whole service in this process, for the demo.
 *
 * @param environment where its catalog's variables come from
 */
record LocalServer(CatalogEnvironment environment) implements ServerLauncher {
    private static final String CATALOG = "catalog.yaml";

    LocalServer() {
        this(CatalogEnvironment.OF_THE_PROCESS);
    }

    @Override
    public Draft draft(String jdbcUrl, Path folder) throws StartException {
        try {
            DraftFile drafted = DraftFile.of(jdbcUrl, folder);
            drafted.write(folder.resolve(CATALOG), true);
            return new Draft(words(drafted), folder.resolve(CATALOG), new LocalServer(drafted.environment()));
        } catch (IllegalArgumentException | InspectionException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new StartException(
                    "cannot write to " + folder + " (" + e.getClass().getSimpleName() + "); check its permissions");
        }
    }

    private static List<String> words(DraftFile drafted) {
        List<String> words = new ArrayList<>();
        int datasets = drafted.draft().datasets().size();
        words.add("Drafted " + datasets + (datasets == 1 ? " dataset" : " datasets") + " from the tables of "
                + drafted.source().name());
        if (!drafted.omitted().isEmpty()) {
            words.add("Not drafted:");
            words.addAll(drafted.omitted());
        }
        return words;
    }

    @Override
    public Server start(Map<String, String> settings) throws StartException {
        List<String> arguments = settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toList();
        try {
            return new Running(WindrowApplication.start(arguments, environment));
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
