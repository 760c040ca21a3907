package dev.windrow.app;

import dev.windrow.app.home.Home;
import dev.windrow.app.schema.Schema;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.app.wiring.Databases;
import dev.windrow.app.wiring.StoreWiring;
import dev.windrow.common.export.jdbc.StatusDatabase;
import dev.windrow.worker.queue.jdbc.QueueDatabase;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picocli.CommandLine.Command;

/** Brings the status database and the queue to the schema of this version; for roles that do not do it themselves. */
@Command(
        name = "migrate",
        description = "Brings the database to the schema of this version. Settings as for serve.",
        usageHelpWidth = 120,
        mixinStandardHelpOptions = true)
final class MigrateCommand extends WithSettings {
    @Override
    public Integer call() {
        return run(Wiring.class, context -> {
            int version = Schema.migrate(context.getBean(StatusDatabase.class), context.getBean(QueueDatabase.class));
            String later = ", which is newer than this Windrow's " + Schema.VERSION
                    + " and lets it go on: nothing was changed";
            out().println("The database is at schema version " + version + (version > Schema.VERSION ? later : "")
                    + ".");
            return 0;
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(WindrowSettings.class)
    static class Wiring {
        @Bean
        Home home(WindrowSettings settings) {
            return StoreWiring.openHome(settings);
        }

        @Bean
        StatusDatabase statusDatabase(WindrowSettings settings, Home home) {
            return Databases.status(settings, home, () -> {});
        }

        @Bean
        QueueDatabase queueDatabase(WindrowSettings settings, Home home, StatusDatabase status) {
            return Databases.queue(settings, home, status);
        }
    }
}
