package dev.windrow.app.outbox;

import dev.windrow.app.settings.WindrowSettings;
import dev.windrow.common.outbox.TargetCheck;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which addresses and places a start may name. */
@Configuration(proxyBeanMethods = false)
public class TargetWiring {
    @Bean
    TargetCheck placeTargetCheck(WindrowSettings settings) {
        return new PlaceTargetCheck(settings.deliveries().keySet());
    }

    @Bean
    @ConditionalOnProperty("windrow.mail.host")
    TargetCheck mailTargetCheck(WindrowSettings settings) {
        return new MailTargetCheck(settings.mail().domains());
    }
}
