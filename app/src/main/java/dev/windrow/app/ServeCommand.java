package dev.windrow.app;

import dev.windrow.app.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
                + " secrets not as --name=value:%n")
final class ServeCommand implements Callable<Integer> {
    /** No exit code: the process goes on. */
    static final int SERVING = -1;

    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--role", paramLabel = "ROLE", description = "all (the default), api or worker.")
    private @Nullable String role;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    @Spec
    void describe(CommandSpec itself) {
        spec = itself;
        spec.usageMessage().footer(settings());
    }

    private static String[] settings() {
        Stream<String> ours =
                Setting.all().stream().map(setting -> line(setting.key(), setting.byDefault(), setting.means()));
        return Stream.concat(
                        ours, Stream.of(line("server.address, server.port", "127.0.0.1, 8080", "where it listens")))
                .toArray(String[]::new);
    }

    private static String line(String key, String byDefault, String means) {
        return String.format(Locale.ROOT, "  %-34s %-12s %s", key, byDefault, means);
    }

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
