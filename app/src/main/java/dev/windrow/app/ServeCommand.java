package dev.windrow.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Serves: API and worker in one process, or one of them. */
@Command(
        name = "serve",
        description = "Serves API and worker in this process, or one of them.",
        usageHelpWidth = 120,
        mixinStandardHelpOptions = true,
        footerHeading = "%nSettings, as --name=value, as environment variables (WINDROW_HOME), or in application.yaml;"
                + " secrets not as --name=value:%n",
        footer = {
            "  windrow.home                      windrow-data   everything that Windrow keeps",
            "  windrow.catalog                   the demo's     the catalog: a YAML file or a folder of them",
            "  windrow.role                      all            all, api or worker",
            "  windrow.database.url              SQLite in the home; also .username and .password",
            "  windrow.worker.concurrency        the cores      exports at once in this process",
            "  windrow.worker.compression-level  4              0 to 9",
            "  windrow.worker.checkpoint-interval PT1S          the least time between two checkpoints of an export",
            "  windrow.retention.artifacts       P7D            how long an archive is kept, from the end of its export",
            "  windrow.retention.records         P90D           when an export is forgotten, from its end; its archive goes with it",
            "  windrow.storage.reserve           1GB            free disk that is never taken; a tenth of a small disk",
            "  windrow.storage.budget            none           most that work and archives may hold",
            "  windrow.limits.starts-per-minute, windrow.limits.active-per-caller, windrow.limits.queued",
            "                                                   taken, and without effect in this version",
            "  windrow.links.secret              kept in home   signs download links; SECRET, or NEW,OLD to change it; 32 bytes or more",
            "  windrow.page.hosts                loopback       names that Windrow is reached by: exports.example,…",
            "  windrow.page.origins              none           other sites whose pages may show the button: https://shop.example,…",
            "  windrow.page.url                  as asked       Windrow's address in links: https://example.com/exports",
            "  windrow.security.mode             none           none: the caller is local, on a loopback address only",
            "  server.address, server.port       127.0.0.1, 8080",
        })
final class ServeCommand implements Callable<Integer> {
    /** The exit code that is none: the process goes on. */
    static final int SERVING = -1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--role", paramLabel = "ROLE", description = "all (the default), api or worker.")
    private @Nullable String role;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    @Override
    public Integer call() {
        SettingArguments.check(spec.commandLine(), settings);
        List<String> arguments = new ArrayList<>(settings);
        if (role != null) {
            arguments.add("--windrow.role=" + role);
        }
        try {
            WindrowApplication.start(arguments);
            return SERVING;
        } catch (SpringApplication.AbandonedRunException e) {
            throw e;
        } catch (RuntimeException e) {
            // Spring Boot has said why.
            return 1;
        }
    }
}
