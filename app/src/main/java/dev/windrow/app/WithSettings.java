package dev.windrow.app;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command that takes the settings of {@code serve}, opens what it needs of them, and serves nothing. */
abstract class WithSettings implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Unmatched
    private List<String> settings = new ArrayList<>();

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /**
     * Runs it.
     *
     * @param wiring the configuration of what the command needs; closed when it is done
     * @param work gives the exit code
     * @return the exit code; 1 for what is refused or can't be reached, which is then said
     */
    final int run(Class<?> wiring, ToIntFunction<ConfigurableApplicationContext> work) {
        SettingArguments.check(spec.commandLine(), settings);
        SpringApplication application = new SpringApplication(wiring);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(settings.toArray(String[]::new))) {
            return work.applyAsInt(context);
        } catch (RefusedStartException | ExportsUnavailableException e) {
            err().println(e.getMessage());
            return 1;
        } catch (RuntimeException e) {
            // Spring Boot has said why.
            return 1;
        }
    }
}
