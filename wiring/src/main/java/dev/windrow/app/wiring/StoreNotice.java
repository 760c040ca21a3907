package dev.windrow.app.wiring;

import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.export.Artifact;
import dev.windrow.common.export.Exports.ExportsUnavailableException;
import dev.windrow.common.export.Retention;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Says once, at the start, that archives are kept where other processes of the same database may not see them, and that
 * there are archives which this process does not see.
 */
final class StoreNotice implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger log = LoggerFactory.getLogger(StoreNotice.class);

    private final WindrowSettings settings;
    private final Artifact.Store own;
    private final Retention retention;

    StoreNotice(WindrowSettings settings, Artifact.Store own, Retention retention) {
        this.settings = settings;
        this.own = own;
        this.retention = retention;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (settings.artifacts().url() == null
                && settings.role() != WindrowSettings.Role.ALL
                && !settings.database().isEmbedded()) {
            log.warn("archives are kept in the home, where processes with another home do not see them: give all"
                    + " processes of this database the same windrow.artifacts.url, or one home that they share");
        }
        try {
            long elsewhere = retention.elsewhere(own);
            if (elsewhere > 0) {
                log.warn(
                        "{} archives are in another store than {}, which is this process's, and are left alone: mount the"
                                + " folder that they are in, or give all processes the same windrow.artifacts.url",
                        elsewhere,
                        own.name());
            }
        } catch (ExportsUnavailableException e) {
            log.debug("the status table does not say where archives are: {}", e.toString());
        }
    }
}
