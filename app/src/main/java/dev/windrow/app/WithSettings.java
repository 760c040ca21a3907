package dev.windrow.app;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import java.util.List;
import java.util.function.ToIntFunction;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine;

/** A command that takes the settings of {@code serve}, opens what it needs of them, and serves nothing. */
final class WithSettings {
    private WithSettings() {}

    /**
     * Runs it.
     *
     * @param settings as the command line has them
     * @param wiring the configuration of what the command needs; closed when it is done
     * @param work gives the exit code
     * @return the exit code; 1 for what is refused or can't be reached, which is then said
     */
    static int run(
            CommandLine command,
            List<String> settings,
            Class<?> wiring,
            ToIntFunction<ConfigurableApplicationContext> work) {
        SettingArguments.check(command, settings);
        SpringApplication application = new SpringApplication(wiring);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(settings.toArray(String[]::new))) {
            return work.applyAsInt(context);
        } catch (RefusedStartException | ExportsUnavailableException e) {
            command.getErr().println(e.getMessage());
            return 1;
        } catch (RuntimeException e) {
            // Spring Boot has said why.
            return 1;
        }
    }
}
