package dev.windrow.app;

import dev.windrow.app.home.Home;
import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.schema.Schema;
import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.app.wiring.Databases;
import dev.windrow.app.wiring.StoreWiring;
import dev.windrow.common.audit.ChainCheck;
import dev.windrow.common.export.jdbc.StatusDatabase;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.Locale;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picocli.CommandLine.Command;

/** Says whether the audit is as it was written. */
@Command(
        name = "verify-audit",
        description = {
            "Reads the audit and says whether a row was changed, removed or put in by hand. Settings as for serve.",
            "Exit code 0: the chain is whole. 1: it is not, or can't be read."
        },
        usageHelpWidth = 120,
        mixinStandardHelpOptions = true)
final class VerifyAuditCommand extends WithSettings {
    @Override
    public Integer call() {
        return run(Wiring.class, context -> {
            StatusDatabase status = context.getBean(StatusDatabase.class);
            Schema.check(status);
            return tell(ChainCheck.of(Databases.audit(status)));
        });
    }

    private int tell(ChainCheck.Verdict verdict) {
        PrintWriter out = out();
        out.println(String.format(Locale.ROOT, "rows: %d", verdict.rows()));
        if (verdict.first() != null) {
            out.println("first: " + verdict.first());
            out.println("last: " + verdict.last());
        }
        ChainCheck.Fault fault = verdict.fault();
        if (fault == null) {
            out.println("chain: whole");
            return 0;
        }
        String at = fault.at() == null ? "" : " of " + fault.at();
        out.println("chain: broken at row " + fault.row() + at + ": " + fault.words());
        return 1;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(WindrowSettings.class)
    static class Wiring {
        @Bean
        Home home(WindrowSettings settings) {
            if (settings.database().url() == null && Files.notExists(new Home(settings.home()).statusDatabase())) {
                throw new RefusedStartException(
                        "There is no status database in " + settings.home() + "; name its home by windrow.home");
            }
            return StoreWiring.openHome(settings);
        }

        @Bean
        StatusDatabase statusDatabase(WindrowSettings settings, Home home) {
            return Databases.status(settings, home, () -> {});
        }
    }
}
