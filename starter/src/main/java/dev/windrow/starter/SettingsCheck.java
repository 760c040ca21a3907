package dev.windrow.starter;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.SecuritySettings;
import dev.windrow.app.settings.WindrowSettings;
import org.springframework.beans.factory.InitializingBean;

/** Refuses settings of a server that mean nothing in an application, or would harm it. */
final class SettingsCheck implements InitializingBean {
    private final WindrowSettings settings;

    SettingsCheck(WindrowSettings settings) {
        this.settings = settings;
    }

    @Override
    public void afterPropertiesSet() {
        SecuritySettings security = settings.security();
        if (!security.apiKeys().isEmpty()
                || security.keysFile() != null
                || !security.jwt().issuers().isEmpty()) {
            throw new RefusedStartException("windrow.security has API keys or issuers, and in an application its own"
                    + " security says who calls: remove them, and let its filters read such credentials");
        }
        String url = settings.database().url();
        if (!settings.database().isEmbedded() && !String.valueOf(url).contains("currentSchema=")) {
            throw new RefusedStartException("windrow.database.url names no schema, and the application may have tables"
                    + " of Flyway and JobRunr in the usual one: make a schema for Windrow (create schema windrow), and"
                    + " add currentSchema=windrow to the url");
        }
    }
}
