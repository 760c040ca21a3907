package dev.windrow.app.wiring;

import dev.windrow.app.refusal.RefusedStartException;
import dev.windrow.app.settings.Setting;
import java.util.Locale;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.env.Environment;

/**
 * Refuses times without a unit. Spring Boot takes them for milliseconds: who keeps archives for 7 would have none.
 */
public final class TimesCheck implements InitializingBean {
    private final Environment environment;

    TimesCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void afterPropertiesSet() {
        for (Setting setting : Setting.all()) {
            String text = environment.getProperty(setting.key());
            if (setting.isTime() && text != null && text.strip().matches("[+-]?[0-9]+")) {
                throw new RefusedStartException(String.format(
                        Locale.ROOT,
                        "%s is %s, which has no unit; say a time such as %s",
                        setting.key(),
                        text.strip(),
                        setting.byDefault()));
            }
        }
    }
}
